"""What is kept of how people use the product: sign-ins, letters to them, their programs, tickets."""

from sqlalchemy import String, cast, func, literal, or_, select

from scheduler.models import (
    AccessToken,
    Delivery,
    DeliveryState,
    Event,
    FailedSignIn,
    IdempotencyKey,
    Message,
    MessageState,
    SignIn,
    SupportView,
    Ticket,
    Waiting,
    Webhook,
)
from scheduler.privacy.kinds import Basis, Category, Erasing, Kept, Rule, Said
from scheduler.privacy.terms import (
    DELIVERIES,
    KEYS,
    LETTERS,
    LOOKS,
    RESETS,
    SECRETS,
    SIGN_INS,
    TICKETS,
    TRIES,
)

CONTACT, SECRET, TRACE, TYPED = Category.CONTACT, Category.SECRET, Category.TRACE, Category.TYPED
GONE = (MessageState.SENT, MessageState.DROPPED, MessageState.FAILED)
CARRIED = (DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.DROPPED)
RESET = "reset"
PROGRAMS = Said("让您自己的程序替您办理", "To let programs of yours act for you")

TRACES = (
    Kept(
        model=SignIn,
        fields={"address": TRACE, "browser": TRACE, "token_hash": SECRET},
        title=Said("登录记录", "Sign-ins"),
        purpose=Said(
            "让您查看并退出已登录的浏览器；依法留存网络日志不少于六个月",
            "So that you can see and sign out your browsers; the law asks for six months of network records",
        ),
        basis=Basis.SECURITY,
        whose=lambda person: SignIn.account_id == person.account_id,
        erasing=Erasing.DELETED,
        rules=(
            Rule(
                "ended-sign-ins",
                SIGN_INS,
                Said("登录失效", "the sign-in ran out"),
                lambda before: SignIn.expires_at < before,
            ),
        ),
    ),
    Kept(
        model=FailedSignIn,
        fields={"login_hash": SECRET},
        title=Said("失败的尝试", "Failed tries"),
        purpose=Said(
            "多次失败后让下一次等待，防止猜密码", "To let the next try wait, so that nobody guesses passwords"
        ),
        basis=Basis.SECURITY,
        whose=lambda person: FailedSignIn.login_hash.in_(person.tries),
        erasing=Erasing.DELETED,
        rules=(
            Rule(
                "failed-sign-ins",
                TRIES,
                Said("尝试", "the try"),
                lambda before: FailedSignIn.failed_at < before,
            ),
        ),
    ),
    Kept(
        model=SupportView,
        fields={"reason": TYPED},
        title=Said("管理员以您的视角查看", "Administrators who looked through your eyes"),
        purpose=Said("让您知道谁看过、为什么", "So that you know who looked and why"),
        basis=Basis.SECURITY,
        whose=lambda person: SupportView.account_id == person.account_id,
        erasing=Erasing.BLANKED,
        blank={"reason": ""},
        rules=(
            Rule(
                "support-views",
                LOOKS,
                Said("查看开始", "the look began"),
                lambda before: (
                    (SupportView.started_at < before)
                    & ~select(SignIn.id).where(SignIn.support_view_id == SupportView.id).exists()
                ),
            ),
        ),
    ),
    Kept(
        model=Message,
        fields={"recipient": CONTACT, "cause": TYPED, "payload": TYPED, "error": TYPED},
        title=Said("发给您的邮件", "Letters to you"),
        purpose=Said("发送链接和通知，且只发一次", "To send links and notices, each once"),
        basis=Basis.DUTY,
        whose=lambda person: or_(
            Message.account_id == person.account_id, Message.recipient.in_(person.names)
        ),
        erasing=Erasing.DELETED,
        rules=(
            Rule(
                "reset-requests",
                RESETS,
                Said("申请重设密码", "a new password was asked for"),
                lambda before: (
                    (Message.kind == RESET) & (Message.created_at < before) & Message.state.in_(GONE)
                ),
            ),
            Rule(
                "letters",
                LETTERS,
                Said("邮件发出或不再需要", "the letter was sent or no longer wanted"),
                lambda before: (
                    (Message.kind != RESET)
                    & Message.state.in_(GONE)
                    & (func.coalesce(Message.sent_at, Message.due_at) < before)
                ),
            ),
        ),
    ),
)
PROGRAMS_AND_PLACES = (
    Kept(
        model=AccessToken,
        fields={"name": TYPED, "token_hash": SECRET, "hint": SECRET},
        title=Said("访问令牌", "Access tokens"),
        purpose=PROGRAMS,
        basis=Basis.DUTY,
        whose=lambda person: AccessToken.account_id == person.account_id,
        erasing=Erasing.DELETED,
        rules=(
            Rule(
                "ended-tokens",
                SECRETS,
                Said("令牌到期或撤销", "the token ran out or was revoked"),
                lambda before: func.coalesce(AccessToken.revoked_at, AccessToken.expires_at) < before,
            ),
        ),
    ),
    Kept(
        model=Webhook,
        fields={"url": CONTACT, "salt": SECRET},
        title=Said("消息推送地址", "Webhooks"),
        purpose=PROGRAMS,
        basis=Basis.DUTY,
        whose=lambda person: Webhook.account_id == person.account_id,
        erasing=Erasing.DELETED,
        rules=(
            Rule(
                "revoked-webhooks",
                SECRETS,
                Said("撤销推送", "the webhook was revoked"),
                lambda before: Webhook.revoked_at < before,
            ),
        ),
    ),
    Kept(
        model=Delivery,
        fields={"body": TYPED},
        title=Said("推送内容", "What webhooks were told"),
        purpose=PROGRAMS,
        basis=Basis.DUTY,
        whose=lambda person: Delivery.webhook_id.in_(
            select(Webhook.id).where(Webhook.account_id == person.account_id)
        ),
        erasing=Erasing.DELETED,
        rules=(
            Rule(
                "deliveries",
                DELIVERIES,
                Said("推送结束", "it was delivered or given up"),
                lambda before: Delivery.state.in_(CARRIED) & (Delivery.due_at < before),
            ),
        ),
    ),
    Kept(
        model=IdempotencyKey,
        fields={"key": TYPED, "request_hash": SECRET, "answer": TYPED},
        title=Said("程序请求的回执", "Answers to your programs"),
        purpose=Said("同一请求不办两次", "So that no request is carried out twice"),
        basis=Basis.DUTY,
        whose=lambda person: IdempotencyKey.account_id == person.account_id,
        erasing=Erasing.DELETED,
        rules=(
            Rule(
                "request-keys",
                KEYS,
                Said("请求", "the request"),
                lambda before: IdempotencyKey.created_at < before,
            ),
        ),
    ),
    Kept(
        model=Ticket,
        fields={"serial": Category.PASS},
        title=Said("入场码", "Tickets"),
        purpose=Said("凭码入场，控制人数", "To let you in, and no more people than there is room for"),
        basis=Basis.CONSENT,
        whose=lambda person: Ticket.account_id == person.account_id,
        erasing=Erasing.BLANKED,
        blank={"account_id": None, "serial": literal("#").concat(cast(Ticket.id, String))},
        rules=(
            Rule(
                "ticket-holders",
                TICKETS,
                Said("活动结束", "the event ended"),
                lambda before: (
                    Ticket.account_id.is_not(None)
                    & Ticket.event_id.in_(select(Event.id).where(Event.ends_at < before))
                ),
                blank={"account_id": None, "serial": literal("#").concat(cast(Ticket.id, String))},
            ),
        ),
    ),
    Kept(
        model=Waiting,
        fields={"serial": Category.PASS},
        title=Said("候补登记", "Places on waiting lists"),
        purpose=Said("有名额时按先后通知您", "To offer you a place in turn when one is free"),
        basis=Basis.CONSENT,
        whose=lambda person: Waiting.account_id == person.account_id,
        erasing=Erasing.DELETED,
        rules=(
            Rule(
                "seekers-waiting",
                TICKETS,
                Said("活动结束", "the event ended"),
                lambda before: (
                    Waiting.serial.is_not(None)
                    & Waiting.event_id.in_(select(Event.id).where(Event.ends_at < before))
                ),
            ),
        ),
    ),
)
