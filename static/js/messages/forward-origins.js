// Name the room that a forwarded message comes from to those who may see it; for the others there is no link.
import { fetchFragment } from "lib/api"
import { RequestRefused } from "lib/errors"
import { gettext, interpolate } from "lib/i18n"

export class ForwardOrigins {
  #observer
  // By id: a promise of the name of the room, null where it is hidden.
  #names = new Map()

  constructor(feed) {
    const options = { root: feed, rootMargin: "100% 0px" }
    this.#observer = new IntersectionObserver((entries) => this.#showSeen(entries), options)
  }

  decorate(item) {
    const link = item.querySelector("a[data-origin]")
    if (link) this.#observer.observe(link)
  }

  async #showSeen(entries) {
    for (const { target: link, isIntersecting } of entries) {
      if (!isIntersecting) continue
      this.#observer.unobserve(link)
      const { origin } = link.dataset
      if (!this.#names.has(origin)) this.#names.set(origin, loadRoomName(origin))
      const name = await this.#names.get(origin)
      if (name === null) link.remove()
      else if (name) link.textContent = interpolate(gettext("in %(name)s"), { name })
    }
  }
}

async function loadRoomName(id) {
  try {
    const response = await fetchFragment(`/messages/${id}/card/`)
    const html = new DOMParser().parseFromString(await response.text(), "text/html")
    return html.querySelector(".link-card__site bdi")?.textContent ?? ""
  } catch (error) {
    return error instanceof RequestRefused ? null : ""
  }
}
