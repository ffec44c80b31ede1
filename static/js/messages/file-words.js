// Translate what is said of the files in a message. Their kinds have many names, which the server knows.
import { requestJson } from "lib/api"
import { gettext, interpolate, language } from "lib/i18n"

const LABELS = { Download: gettext("Download"), "Remove file": gettext("Remove file"), Play: gettext("Play") }
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"]
const kinds = new Map()

export function translateFiles(item) {
  for (const element of item.querySelectorAll(".attachments [data-i18n-label]")) {
    element.ariaLabel = element.title = LABELS[element.ariaLabel]
  }
  for (const element of item.querySelectorAll("[data-file-size]")) {
    element.textContent = formatSize(Number(element.dataset.fileSize))
  }
  for (const element of item.querySelectorAll("[data-file-kind]")) translateKind(element)
}

// How a message without a text is quoted, as on the server.
export function describeFiles(item) {
  const photos = item.querySelectorAll("[data-picture]")
  const names = item.querySelectorAll(".file__name > .truncate")
  const count = photos.length + names.length
  if (!count) return ""
  if (!names.length) return count === 1 ? gettext("Photo") : interpolate(gettext("%(count)s photos"), { count })
  return count === 1 ? names[0].textContent : interpolate(gettext("%(count)s files"), { count })
}

export function formatSize(bytes) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10))
  const digits = power ? 1 : 0
  const options = { style: "unit", unit: UNITS[power], minimumFractionDigits: digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat(language, options).format(bytes / 1024 ** power)
}

async function translateKind(element) {
  const { fileKind } = element.dataset
  const { asset } = element.closest("[data-asset]").dataset
  if (!kinds.has(fileKind)) kinds.set(fileKind, requestJson("GET", `/assets/${asset}`))
  try {
    element.textContent = (await kinds.get(fileKind)).description_of_kind
  } catch {
    // It is said in English, and asked for again with the next one.
    kinds.delete(fileKind)
  }
}
