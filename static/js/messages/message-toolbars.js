// Give each message a toolbar with the actions that the current user has permission for. Toolbars are seen only where
// the pointer or the focus is, and would be most of what a feed consists of: those of a feed that has just come are
// added when it has been painted, as its messages come into view, or before that to the message that is gone to.
import { afterPaint } from "lib/after-paint"

export class MessageToolbars {
  #permissions
  #toolbar
  #observer
  // Those without one yet; null once the feed has been painted.
  #waiting = new Set()
  #unseen = new Set()

  constructor(feed, { permissions, signal }) {
    this.#permissions = permissions
    this.#toolbar = buildToolbar(permissions, { isThread: "thread" in feed.dataset })
    this.#observer = new IntersectionObserver((entries) => this.#addSeen(entries), { root: feed })
    signal.addEventListener("abort", () => this.#observer.disconnect())
    afterPaint(() => this.#observeAll(), { signal })
  }

  addSoon(item) {
    if (this.#waiting) this.#waiting.add(item)
    else this.#add(item)
  }

  addNow(item) {
    if (this.#waiting?.delete(item) || this.#unseen.delete(item)) this.#add(item)
  }

  #observeAll() {
    this.#unseen = this.#waiting
    this.#waiting = null
    for (const item of this.#unseen) this.#observer.observe(item)
  }

  #addSeen(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue
      this.#observer.unobserve(target)
      this.addNow(target)
    }
  }

  #add(item) {
    const article = item.querySelector(".message")
    const toolbar = this.#toolbar.cloneNode(true)
    // A reply, also one in the room, has its thread by the link over it.
    const threadLink = toolbar.querySelector("[data-action=thread]")
    if (item.dataset.thread) threadLink?.remove()
    else if (threadLink) threadLink.href = `/messages/${item.dataset.id}/thread/`
    if (!this.#permissions.canEdit(item)) toolbar.querySelector("[data-action=edit]").remove()
    // The feed, which is one tab stop, has taken those of the message's other controls.
    if (article.matches("[tabindex]")) for (const control of toolbar.children) control.tabIndex = -1
    article.append(toolbar)
  }
}

// Pending messages have none, nor have those that nobody has written.
export function hasToolbar(item) {
  return item.matches(":not([data-pending], [data-kind=system])") && isWritten(item.querySelector(".message"))
}

const isWritten = (article) => article !== null && !article.matches(".message--deleted")

function buildToolbar({ canWrite, isMember }, { isThread }) {
  const toolbar = document.getElementById("message-actions").content.firstElementChild.cloneNode(true)
  const refused = [...(canWrite ? [] : ["react", "reply"]), ...(isMember && !isThread ? [] : ["thread"])]
  for (const name of refused) toolbar.querySelector(`[data-action=${name}]`).remove()
  return toolbar
}
