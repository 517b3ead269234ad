"""Mail: letters written from the outbox's rows and handed in one by one; the only importer of smtplib."""

from scheduler.mailing.delivery import deliver_due

__all__ = ["deliver_due"]
