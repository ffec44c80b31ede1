// Entry point of the pages that ask for a passkey.
import "passkeys/passkey-proof"
import "passkeys/passkey-registration"
import "passkeys/passkey-sign-in"
