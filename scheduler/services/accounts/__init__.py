"""Accounts: who they are, how they prove it, and what lets them in."""

from scheduler.services.accounts.creating import (
    Belonging,
    UnfitLogin,
    UnfitRoles,
    create_account,
    fit_roles,
)
from scheduler.services.accounts.passwords import UnfitPassword, hash_password
from scheduler.services.accounts.signing_in import (
    SIGN_IN_LASTS,
    WrongSignIn,
    complete_sign_in,
    disable_account,
    enable_account,
    matching_account,
    open_sign_in,
    revoke_sign_in,
    sign_out,
    sign_out_everywhere,
)
from scheduler.services.accounts.tries import FREE_TRIES, REMEMBERED, TooManyTries, begin_try

__all__ = [
    "FREE_TRIES",
    "REMEMBERED",
    "SIGN_IN_LASTS",
    "Belonging",
    "TooManyTries",
    "UnfitLogin",
    "UnfitPassword",
    "UnfitRoles",
    "WrongSignIn",
    "begin_try",
    "complete_sign_in",
    "create_account",
    "disable_account",
    "enable_account",
    "fit_roles",
    "hash_password",
    "matching_account",
    "open_sign_in",
    "revoke_sign_in",
    "sign_out",
    "sign_out_everywhere",
]
