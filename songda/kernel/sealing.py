"""Sealing 密封: secrets that must be read again (not passwords) are kept encrypted, under a key made of the installation's own.

Each purpose has its `salt`, so that what is sealed for one cannot be opened for another.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict


def sealed(secret: str, salt: str) -> str:
    """A secret as it is kept."""
    return _lock(salt).encrypt(secret.encode()).decode()


def opened(kept: str, salt: str) -> str:
    """A kept secret; Conflict where the installation's key is another one now."""
    try:
        return _lock(salt).decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise Conflict(_("系统密钥已更换，原先密封的内容无法打开。"), advice=_("请重新设置。")) from error


def _lock(salt: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(salted_hmac(salt, "key", algorithm="sha256").digest()))
