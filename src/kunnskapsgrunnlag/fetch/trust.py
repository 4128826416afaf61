"""Whom we trust on the way to a provider, and one sentence for what is wrong there.

Certificates are judged by the machine's own store: an organisation whose proxy opens the traffic
has put its root certificate there, and nowhere else.
"""

import socket
import ssl
from collections.abc import Iterator

EXPIRED = (
    "sertifikatet gjelder ikke i dag. Se på datoen og klokken på maskinen; er de riktige, har "
    "eieren latt det gå ut"
)
OTHER_HOST = (
    "sertifikatet gjelder en annen adresse. Se på «providers» i params.yaml, og om nettet krever "
    "at du logger deg på i nettleseren først"
)
UNTRUSTED = (
    "maskinen stoler ikke på den som har utstedt sertifikatet. Går trafikken gjennom en "
    "mellomtjener, må IT legge rotsertifikatet dens i maskinens lager (docs/hente-data.md)"
)
LOGIN = (
    "mellomtjeneren (proxy) krever innlogging (407). Be IT om en som ikke gjør det, eller sett "
    "HTTPS_PROXY med brukernavn og passord (docs/hente-data.md)"
)
UNKNOWN_HOST = (
    "fant ikke maskinen. Er nettet på? Slipper nettet bare ut gjennom en mellomtjener (proxy), "
    "sett HTTPS_PROXY (docs/hente-data.md)"
)
# The codes of OpenSSL, of Windows and of macOS.
_EXPIRED = (9, 10, 0x800B0101, 0x800B0101 - (1 << 32), -67818, -67819)
_OTHER_HOST = (62, 64, 0x800B010F, 0x800B010F - (1 << 32), -67602)


def system_trust() -> ssl.SSLContext:
    """A context for TLS that trusts whom the machine trusts."""
    import truststore  # looks for the machine's store when it is loaded

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def trouble(problem: BaseException) -> str:
    """What is wrong on the way, if it is something that no second attempt mends; else ""."""
    for cause in _causes(problem):
        if isinstance(cause, ssl.SSLCertVerificationError):
            code = cause.verify_code
            if code in _EXPIRED:
                return EXPIRED
            return OTHER_HOST if code in _OTHER_HOST else UNTRUSTED
        if isinstance(cause, socket.gaierror):
            return UNKNOWN_HOST
        status = getattr(getattr(cause, "response", None), "status_code", None)
        if status == 407 or str(cause).startswith("407 "):
            return LOGIN
    return ""


def _causes(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__
