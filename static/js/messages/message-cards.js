// Show the messages and tasks that messages name, and where forwards come from. Each reader’s own request says
// whether they may see them.
import { fetchFragment } from "lib/api"
import { gettext } from "lib/i18n"
import { localiseTimes } from "lib/local-time"
import { ForwardOrigins } from "messages/forward-origins"
import { parseMessageLink } from "messages/message-links"
import { showTasks } from "tasks/references"

const MAX_CARDS = 3

export class MessageCards {
  #keepPlace
  #origins
  #observer
  // By id: the HTML of a card, empty where there is none to see. A newer version of a message gets it at once.
  #known = new Map()

  // `keepPlace` changes the feed by a function, so that the reader's place stays.
  constructor(feed, { keepPlace }) {
    this.#keepPlace = keepPlace
    this.#origins = new ForwardOrigins(feed)
    const options = { root: feed, rootMargin: "100% 0px" }
    this.#observer = new IntersectionObserver((entries) => this.#loadSeen(entries), options)
  }

  decorate(item) {
    this.#origins.decorate(item)
    showTasks(item, this.#keepPlace)
    const ids = findLinkedIds(item)
    if (!ids.length) return
    if (ids.every((id) => this.#known.has(id))) this.#show(item, ids)
    else this.#observer.observe(item)
  }

  async #loadSeen(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue
      this.#observer.unobserve(target)
      const ids = findLinkedIds(target)
      await Promise.all(ids.map((id) => this.#load(id)))
      if (target.isConnected) this.#keepPlace(() => this.#show(target, ids))
    }
  }

  async #load(id) {
    if (this.#known.has(id)) return
    try {
      const response = await fetchFragment(`/messages/${id}/card/`)
      this.#known.set(id, await response.text())
    } catch {
      // Hidden, deleted, or the server is away: the link is there all the same.
      this.#known.set(id, "")
    }
  }

  #show(item, ids) {
    const html = ids.map((id) => this.#known.get(id)).join("")
    if (!html || item.querySelector("[data-message-cards]")) return
    const list = document.createElement("ul")
    list.className = "link-cards"
    list.dataset.messageCards = ""
    list.setAttribute("aria-label", gettext("Messages linked to"))
    list.innerHTML = html
    localiseTimes(list)
    item.querySelector(".message__body").after(list)
  }
}

// The ids of the messages that a message links to, each once.
function findLinkedIds(item) {
  const links = [...item.querySelectorAll(".message__body a[href]")]
  const ids = links.map((link) => parseMessageLink(link)?.id).filter((id) => id && id !== item.dataset.id)
  return [...new Set(ids)].slice(0, MAX_CARDS)
}
