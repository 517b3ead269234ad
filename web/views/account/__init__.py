"""Accounts on the web: the door, joining, the own account, and the identity provider."""

from web.views.account import door, enterprises, joining, mine, privacy, provider, receipts, tokens
from web.views.account.entering import blueprint

__all__ = ["blueprint", "door", "enterprises", "joining", "mine", "privacy", "provider", "receipts", "tokens"]
