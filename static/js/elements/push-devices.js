// <push-devices>: whether this browser shows notifications, and what lets the user change that.
import { fetchFragment, readText } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"
import { isPushSupported, subscribe, unsubscribe } from "push/subscription"
import { registerServiceWorker } from "web-app/service-worker"

// Milliseconds until a test has reached the push service, or has not.
const TEST_TIMES = [1500, 6000]
const NOT_CHANGED = gettext("That didn’t work.")

class PushDevices extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", ({ target }) => target.closest("[data-turn-on]") && this.#turnOn())
    this.addEventListener("submit", (event) => this.#submit(event))
    this.#reload().catch(() => this.#show())
  }

  async #show() {
    const registration = await navigator.serviceWorker?.getRegistration()
    const subscription = isPushSupported() && (await registration?.pushManager.getSubscription())
    const state = findState(Boolean(subscription) && this.querySelector("[data-this-device]"))
    for (const part of this.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state
  }

  async #turnOn() {
    const button = this.querySelector("[data-turn-on]")
    button.disabled = true
    try {
      if ((await Notification.requestPermission()) === "granted") {
        await subscribe(await this.#waitForWorker())
        await this.#reload()
      }
    } catch (error) {
      showErrorToast(NOT_CHANGED, error)
    } finally {
      button.disabled = false
      await this.#show()
    }
  }

  async #waitForWorker() {
    if (!(await registerServiceWorker())) throw new Error(gettext("This browser can’t run Atrium in the background."))
    return navigator.serviceWorker.ready
  }

  async #submit(event) {
    const form = event.target
    event.preventDefault()
    try {
      if (form.matches("[data-this-device] form[data-removes]")) await unsubscribe()
      await this.#send(form)
    } catch (error) {
      showErrorToast(NOT_CHANGED, error)
    }
    await this.#show()
  }

  async #send(form) {
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }
    const response = await fetchFragment(form.action, { method: "POST", body: new FormData(form), headers })
    this.#replace(await readText(response))
    if (form.dataset.tests === undefined) return
    showToast(gettext("Sent. It should appear in a moment."))
    for (const time of TEST_TIMES) setTimeout(() => this.isConnected && this.#reload(), time)
  }

  async #reload() {
    this.#replace(await readText(await fetchFragment(this.dataset.url)))
    await this.#show()
  }

  #replace(html) {
    this.querySelector("[data-devices]").innerHTML = html
  }
}

function findState(isOn) {
  const isApple = navigator.maxTouchPoints > 1 && /Mac|iPhone|iPad/.test(navigator.userAgent)
  if (!isPushSupported()) return isApple ? "install" : "unsupported"
  if (Notification.permission === "denied") return "denied"
  return isOn && Notification.permission === "granted" ? "on" : "off"
}

customElements.define("push-devices", PushDevices)
