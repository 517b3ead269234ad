"""Accounts on the web: the door, joining, the own account, and the identity provider."""

from web.views.account import door, joining, mine, provider, tokens
from web.views.account.entering import blueprint

__all__ = ["blueprint", "door", "joining", "mine", "provider", "tokens"]
