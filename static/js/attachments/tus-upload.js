// Send a file by tus (https://tus.io), the protocol of resumable uploads: one attempt, which goes on where an earlier
// one has ended.
import { buildError, readCsrfToken } from "lib/api"
import { ServerUnreachable } from "lib/errors"
import { language } from "lib/i18n"

const ENDPOINT = "/api/v1/uploads"
// Proxies limit what one request may hold.
const CHUNK = 16 * 1024 * 1024
// A file of so many bytes is sent with the request that begins its upload.
const SMALL = 1024 * 1024
// What the server answers while it stores a file that has arrived, and milliseconds until it is asked again.
const STORING = 423
const STORING_DELAY = 1000

// Resolves with the id of the asset; rejects as requests do, and with an AbortError. The `url` of the record is that
// of an upload that was begun. Calls `onUrl` with it, `onProgress` with the bytes sent, and `onProof` when some have
// arrived for certain. One that `isDiscarded` before it has a url goes on until that is known, for it may be stored.
export async function uploadFile(file, record, { signal, isDiscarded, onUrl, onProgress, onProof }) {
  const { url, name, org, altText, isForLibrary } = record
  const metadata = { filename: name, org }
  if (altText) metadata.alt_text = altText
  if (isForLibrary) metadata.keep = "true"
  await import("tus").catch(() => {})
  if (!globalThis.tus) throw new ServerUnreachable()
  return new Promise((resolve, reject) => {
    const upload = new globalThis.tus.Upload(file, {
      // With both, it would begin anew whatever keeps it from going on.
      ...(url ? { uploadUrl: url } : { endpoint: ENDPOINT }),
      chunkSize: CHUNK,
      retryDelays: null,
      uploadDataDuringCreation: file.size <= SMALL,
      storeFingerprintForResuming: false,
      metadata,
      onBeforeRequest: (request) => {
        request.setHeader("X-CSRFToken", readCsrfToken())
        request.setHeader("Accept-Language", language)
      },
      onUploadUrlAvailable: () => {
        // A proxy may have told the server another host than that of this page.
        upload.url = new URL(upload.url, location).pathname
        onUrl(upload.url)
        if (signal.aborted) upload.abort()
      },
      onProgress,
      onChunkComplete: onProof,
      onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader("Atrium-Asset")),
      onError: (error) => convertError(error).then(reject),
    })
    signal.addEventListener("abort", () => {
      if (upload.url || !isDiscarded()) upload.abort()
      reject(signal.reason)
    })
    upload.start()
  })
}

// Deletes what has arrived of an upload that was given up. If that fails, the server does so a day later. Resolves with
// the id of its asset where all had arrived, else with null.
export async function cancelUpload(url) {
  const headers = { "Tus-Resumable": "1.0.0", "X-CSRFToken": readCsrfToken() }
  const response = await fetch(url, { method: "DELETE", headers, keepalive: true })
  if (response.status !== STORING) return response.headers.get("Atrium-Asset")
  await new Promise((resolve) => setTimeout(resolve, STORING_DELAY))
  return cancelUpload(url)
}

async function convertError({ originalResponse: response }) {
  const status = response?.getStatus()
  return status ? buildError(new Response(response.getBody() || null, { status })) : new ServerUnreachable()
}
