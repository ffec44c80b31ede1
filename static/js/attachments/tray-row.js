// One file in the tray of a composer, or on its way to the library: what it is, how far it is, and what can be done
// with it.
import { connection } from "lib/connection"
import { gettext, interpolate, locale } from "lib/i18n"
import { isPicture, showPreview, showThumbnail } from "attachments/file-preview"
import { formatSize } from "messages/file-words"

const LABELS = {
  pause: gettext("Pause %(name)s"),
  resume: gettext("Resume %(name)s"),
  retry: gettext("Retry %(name)s"),
  remove: gettext("Remove %(name)s"),
  cancel: gettext("Cancel %(name)s"),
}

export class TrayRow {
  #name
  #words
  #progress
  #alt
  #picture
  #thumbnailUrl

  // `onDescribe` gets the text for those who can't see the picture, where it is asked for; `onDescribed` is called when
  // its field is left.
  constructor(file, { onDescribe, onDescribed }) {
    this.element = document.getElementById("tray-file").content.firstElementChild.cloneNode(true)
    this.element.dataset.file = file.id
    this.#name = this.element.querySelector("[data-name]")
    this.#words = this.element.querySelector("[data-words]")
    this.#progress = this.element.querySelector("progress")
    this.#progress.ariaLabel = file.name
    for (const button of this.buttons) {
      button.ariaLabel = button.title = interpolate(LABELS[button.dataset.act], { name: file.name })
    }
    this.#alt = this.element.querySelector(".tray__alt")
    if (this.#alt) this.#startDescription(file, onDescribe, onDescribed)
    this.#picture = this.element.querySelector(".tray__picture")
    if (isPicture(file)) showPreview(this.#picture, file)
  }

  get buttons() {
    return [...this.element.querySelectorAll("[data-act]")]
  }

  focus() {
    this.buttons.find(({ hidden }) => !hidden).focus()
  }

  show(file) {
    const { name, assetId, failure, isPaused, sent, size, altText, thumbnailUrl } = file
    const isUploading = !assetId && !failure
    const canEnd = { remove: true, cancel: true }
    const canRetry = failure && failure.kind !== "gone"
    const possible = { pause: isUploading && !isPaused, resume: isUploading && isPaused, retry: canRetry, ...canEnd }
    this.#name.textContent = this.#name.title = name
    const focused = this.buttons.find((button) => button === document.activeElement)
    for (const button of this.buttons) button.hidden = !possible[button.dataset.act]
    if (focused?.hidden) this.focus()
    this.#progress.hidden = !isUploading
    this.#progress.value = (100 * sent) / Math.max(1, size)
    this.element.classList.toggle("tray__file--failed", Boolean(failure))
    this.#words.textContent = describeState(file)
    if (this.#alt && this.#alt !== document.activeElement) this.#alt.value = altText
    if (thumbnailUrl && thumbnailUrl !== this.#thumbnailUrl) this.#showThumbnail(thumbnailUrl)
  }

  // What is drawn from its bytes is there already.
  #showThumbnail(url) {
    this.#thumbnailUrl = url
    if (!this.#picture.querySelector("canvas")) showThumbnail(this.#picture, url)
  }

  #startDescription(file, onDescribe, onDescribed) {
    this.#alt.ariaLabel = interpolate(gettext("Description of %(name)s"), { name: file.name })
    this.#alt.hidden = !isPicture(file)
    this.#alt.addEventListener("input", () => onDescribe(this.#alt.value))
    this.#alt.addEventListener("change", onDescribed)
  }
}

function describeState({ assetId, failure, isPaused, sent, size }) {
  const whole = formatSize(size)
  if (failure?.kind === "gone") return failure.words
  if (failure) return `${whole} · ${failure.words}`
  if (assetId) return whole
  const percent = new Intl.NumberFormat(locale, { style: "percent" }).format(sent / Math.max(1, size))
  const state = isPaused ? gettext("Paused") : connection.isUp ? percent : gettext("Waiting for the connection")
  return `${whole} · ${state}`
}
