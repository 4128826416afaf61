"""PxWeb: SSB's PxWebApi 2, and PxWebApi 1 of Oslo's statistikkbank."""
