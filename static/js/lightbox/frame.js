// The dialog around a picture: its buttons, the stage for the picture, and the words under it.
import { gettext, interpolate } from "lib/i18n"
import { formatMoment } from "lib/local-time"

const STOPS = "button, a[href], video, [tabindex='0']"

export class Frame {
  stage = build("div", { className: "lightbox__stage" })
  // By what they do; `download` is a link.
  buttons = {
    out: buildButton("minus", gettext("Zoom out")),
    in: buildButton("plus", gettext("Zoom in")),
    download: buildButton("download", gettext("Download"), "a"),
    close: buildButton("close", gettext("Close")),
    previous: buildButton("back", gettext("Previous picture")),
    next: buildButton("right", gettext("Next picture")),
  }
  #place = build("p", { className: "lightbox__place", role: "status" })
  #text = build("p", { dir: "auto" })
  #origin = build("p", { className: "lightbox__origin" })
  #caption = build("div", { className: "lightbox__caption" }, this.#text, this.#origin)

  constructor() {
    const { out, in: zoomIn, download, close, previous, next } = this.buttons
    const bar = build("div", { className: "lightbox__bar" }, this.#place, out, zoomIn, download, close)
    for (const [button, side] of [[previous, "start"], [next, "end"]]) {
      button.classList.add("lightbox__step", `lightbox__step--${side}`)
    }
    close.autofocus = true
    this.dialog = build("dialog", { className: "lightbox", ariaLabel: gettext("Picture") })
    this.dialog.append(bar, this.stage, previous, next, this.#caption)
    this.dialog.addEventListener("keydown", (event) => event.key === "Tab" && this.#keepFocus(event))
  }

  // Null stands for a picture that was removed. `index` is its place among `count` others.
  describe(picture, index, count) {
    const { out, in: zoomIn, download, close, previous, next } = this.buttons
    const { text = "", author = "", at, name = "" } = picture ?? {}
    const numbers = interpolate(gettext("%(number)s of %(count)s"), { number: index + 1, count })
    this.#place.textContent = picture && count > 1 ? numbers : ""
    this.#text.textContent = text
    const moment = at ? formatMoment(new Date(at)) : ""
    this.#origin.replaceChildren(build("bdi", { textContent: author }), author && moment ? `, ${moment}` : moment)
    // Long ones are scrolled, also by keys.
    this.#caption.tabIndex = this.#caption.scrollHeight > this.#caption.clientHeight ? 0 : -1
    zoomIn.hidden = out.hidden = !picture || picture.isFilm
    download.hidden = !picture
    if (picture) Object.assign(download, { href: picture.download, download: name })
    previous.hidden = index < 1
    next.hidden = index + (picture ? 1 : 0) >= count
    if (document.activeElement?.hidden) close.focus()
  }

  // A browser would go on to its own buttons.
  #keepFocus(event) {
    const stops = [...this.dialog.querySelectorAll(STOPS)].filter((each) => each.checkVisibility())
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]]
    if (document.activeElement !== from) return
    event.preventDefault()
    to.focus()
  }

  // What is shown is dragged out as a file.
  hold({ download, name }) {
    Object.assign(this.stage.dataset, { download, name })
  }

  showNotice(words) {
    this.stage.ariaBusy = "false"
    this.stage.replaceChildren(build("p", { className: "lightbox__notice", textContent: words }))
  }
}

function buildButton(icon, label, tag = "button") {
  const button = build(tag, { className: "btn btn--quiet btn--icon", ariaLabel: label, title: label })
  if (tag === "button") button.type = "button"
  // Any icon of the page leads to the sprite.
  const svg = document.querySelector(".icon use").closest("svg").cloneNode(true)
  svg.setAttribute("class", "icon")
  const use = svg.querySelector("use")
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`))
  button.append(svg)
  return button
}

function build(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}
