// Ask the browser to create or use a passkey. Options and answers are JSON with binary values in base64url, as WebAuthn
// Level 3 has it; browsers convert them by themselves only since 2025.
import { gettext } from "lib/i18n"

// Browsers offer passkeys to domain names on encrypted connections, and to localhost.
const isAddress = /^\[|^[\d.]+$/.test(location.hostname)
export const isSupported = () => isSecureContext && !isAddress && Boolean(window.PublicKeyCredential)

export async function canAutofill() {
  return isSupported() && Boolean(await PublicKeyCredential.isConditionalMediationAvailable?.())
}

export async function createPasskey(options) {
  const publicKey = {
    ...options,
    challenge: decode(options.challenge),
    user: { ...options.user, id: decode(options.user.id) },
    excludeCredentials: options.excludeCredentials.map(decodeDescriptor),
  }
  const credential = await navigator.credentials.create({ publicKey })
  const { clientDataJSON, attestationObject } = credential.response
  return {
    ...describe(credential),
    response: {
      clientDataJSON: encode(clientDataJSON),
      attestationObject: encode(attestationObject),
      transports: credential.response.getTransports?.() ?? [],
    },
    clientExtensionResults: { credProps: credential.getClientExtensionResults().credProps ?? {} },
  }
}

// `mediation` and `signal` are as in `navigator.credentials.get()`.
export async function usePasskey(options, { mediation, signal } = {}) {
  const allowCredentials = (options.allowCredentials ?? []).map(decodeDescriptor)
  const publicKey = { ...options, challenge: decode(options.challenge), allowCredentials }
  const credential = await navigator.credentials.get({ publicKey, mediation, signal })
  const { clientDataJSON, authenticatorData, signature, userHandle } = credential.response
  return {
    ...describe(credential),
    response: {
      clientDataJSON: encode(clientDataJSON),
      authenticatorData: encode(authenticatorData),
      signature: encode(signature),
      userHandle: userHandle?.byteLength ? encode(userHandle) : null,
    },
  }
}

// What to tell the user of an error of the two above; nothing where they have changed their mind or the page has.
export function describeFailure(error) {
  const messages = {
    AbortError: "",
    InvalidStateError: gettext("This device has a passkey for your account already."),
    NotAllowedError: gettext("No passkey was used: it was cancelled, took too long, or there is none here."),
    SecurityError: gettext("Passkeys don’t work at this address. Open the server by its domain name and https://."),
    NotSupportedError: gettext("This device can’t make such a passkey."),
  }
  return messages[error.name] ?? error.message
}

const describe = ({ id, rawId, type, authenticatorAttachment }) => ({
  id,
  rawId: encode(rawId),
  type,
  authenticatorAttachment: authenticatorAttachment ?? null,
})

const decodeDescriptor = (descriptor) => ({ ...descriptor, id: decode(descriptor.id) })

function decode(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/")
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

function encode(buffer) {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("")
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}
