"""PxWeb: SSB's PxWebApi 2, and PxWebApi 1 of SSB and of Oslo's statistikkbank."""
