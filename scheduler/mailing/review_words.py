"""The words of letters about an enterprise's standing: deeds with their next step, and reasons."""

from scheduler.models import ReviewReason

TEXT = {
    "zh": {
        "to": "{name}：",
        "reasons": "理由：",
        "note": "审核说明：{note}",
        "link": "查看与办理：{link}",
    },
    "en": {
        "to": "To {name}:",
        "reasons": "Reasons:",
        "note": "The reviewer adds: {note}",
        "link": "See and go on: {link}",
    },
}
SUBJECTS = {
    "submitted": {"zh": "已提交审核", "en": "Handed in for review"},
    "claimed": {"zh": "有人申请认领您的单位", "en": "Somebody claims your enterprise"},
    "correction_asked": {"zh": "请补正审核材料", "en": "Please correct what you handed in"},
    "approved": {"zh": "单位审核已通过", "en": "Your enterprise is verified"},
    "refused": {"zh": "单位审核未通过", "en": "Your enterprise was not verified"},
    "claim_approved": {"zh": "单位认领已获批准", "en": "A claim of your enterprise was granted"},
    "suspended": {"zh": "单位已被暂停", "en": "Your enterprise is suspended"},
    "resumed": {"zh": "单位已恢复", "en": "Your enterprise may take part again"},
    "merged": {"zh": "重复登记已合并", "en": "A double entry was merged"},
    "separated": {"zh": "单位合并已撤销", "en": "A merge was undone"},
    "claimant_claim_approved": {"zh": "您的认领申请已获批准", "en": "Your claim was granted"},
    "claimant_claim_refused": {"zh": "您的认领申请未获批准", "en": "Your claim was refused"},
    "claimant_correction_asked": {"zh": "请补正认领材料", "en": "Please correct your claim"},
}
DEEDS = {
    "submitted": {
        "zh": "审核材料已收到，所在县（市、区）将在期限内办理。",
        "en": "What you handed in has arrived; your county decides within its time.",
    },
    "claimed": {
        "zh": "有人持营业执照申请成为本单位管理员，所在县（市、区）正在审核。如不知情，请尽快联系审核机构。",
        "en": (
            "Somebody asks to become an administrator of this enterprise and has shown a licence; the county "
            "is looking into it. If you know nothing of it, get in touch with the bureau soon."
        ),
    },
    "correction_asked": {
        "zh": "审核材料需要补正。请按下列理由修改后重新提交，无需从头填写。",
        "en": "What you handed in has to be corrected. Change it and hand it in again; nothing was lost.",
    },
    "approved": {
        "zh": "单位审核已通过，可以报名参加招聘活动、预订展位。",
        "en": "Your enterprise is verified and may register for events and book booths.",
    },
    "refused": {
        "zh": "单位审核未通过，暂不能报名或预订展位。情况有变后可重新提交。",
        "en": "Your enterprise was not verified and cannot register or book yet. You may hand in anew.",
    },
    "claim_approved": {
        "zh": "认领申请已获批准，申请人将成为本单位管理员。如有异议，请联系审核机构。",
        "en": "The claim was granted: the claimant becomes an administrator. You may object at the bureau.",
    },
    "suspended": {
        "zh": "本单位已被暂停参加招聘活动。请联系审核机构说明情况。",
        "en": "Your enterprise is suspended and takes part in no event. Please get in touch with the bureau.",
    },
    "resumed": {
        "zh": "暂停已解除，可以继续报名和预订展位。",
        "en": "The suspension has ended; you may register and book again.",
    },
    "merged": {
        "zh": "本单位曾以两个信用代码重复登记，现已合并为一家，岗位、报名和成员都已转入保留的登记。",
        "en": "Your enterprise had been entered twice and is one now; openings, bookings and members moved.",
    },
    "separated": {
        "zh": "此前的合并已撤销，转入的岗位、报名和成员已转回。",
        "en": "The merge was undone; openings, registrations and members have returned.",
    },
    "claimant_claim_approved": {
        "zh": "认领申请已获批准。请按另一封邮件中的链接设置单位管理员账号。",
        "en": "Your claim was granted. Set up the administrator's account by the link in the other letter.",
    },
    "claimant_claim_refused": {
        "zh": "认领申请未获批准。如需说明情况，请联系所在县（市、区）公共就业服务机构。",
        "en": "Your claim was refused. If you want to explain, get in touch with your county's bureau.",
    },
    "claimant_correction_asked": {
        "zh": "认领材料需要补正。请按下列理由重新上传。",
        "en": "The paper that you showed has to be corrected. Upload a better one.",
    },
}
REASONS = {
    ReviewReason.CODE_MISMATCH: {
        "zh": "信用代码与营业执照不一致",
        "en": "The credit code differs from the licence",
    },
    ReviewReason.NAME_MISMATCH: {"zh": "单位名称与营业执照不一致", "en": "The name differs from the licence"},
    ReviewReason.LICENCE_UNREADABLE: {
        "zh": "营业执照不清晰或不完整",
        "en": "The licence is unreadable or incomplete",
    },
    ReviewReason.LICENCE_EXPIRED: {"zh": "营业执照已过期", "en": "The licence has expired"},
    ReviewReason.WRONG_DIVISION: {"zh": "所在县（市、区）不符", "en": "The county is not the right one"},
    ReviewReason.DUPLICATE: {"zh": "与已有登记重复", "en": "The enterprise is on record already"},
    ReviewReason.AGENCY_LICENCE: {
        "zh": "人力资源服务许可证缺失、不符或过期",
        "en": "The human resources service licence is missing, wrong or expired",
    },
    ReviewReason.PARENT_LETTER: {
        "zh": "上级单位授权书缺失、不符或过期",
        "en": "The parent's letter of authorisation is missing, wrong or expired",
    },
    ReviewReason.NOT_ENTITLED: {
        "zh": "未能证明受本单位委托",
        "en": "Nothing shows that the person acts for the enterprise",
    },
    ReviewReason.DISSOLVED: {"zh": "单位已注销、吊销或停业", "en": "The enterprise is dissolved or closed"},
    ReviewReason.UNLAWFUL: {"zh": "存在违法违规招聘行为", "en": "It has recruited against the rules"},
    ReviewReason.OTHER_CLAIM: {"zh": "另一认领申请已获批准", "en": "Another claim was granted"},
    ReviewReason.OTHER: {"zh": "其他（见审核说明）", "en": "Other (see what the reviewer adds)"},
}
