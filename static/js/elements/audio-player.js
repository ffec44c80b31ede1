// <audio-player>: a sound that plays where it stands. What plays it is loaded with the first one; until then, and where
// it can't be, the server's drawing or the browser's own player is there.
class AudioPlayer extends HTMLElement {
  #removal = new AbortController()

  connectedCallback() {
    const { signal } = (this.#removal = new AbortController())
    import("voice/player").then(
      ({ startPlayer }) => signal.aborted || startPlayer(this, signal),
      () => this.classList.add("player--plain"),
    )
  }

  disconnectedCallback() {
    this.#removal.abort()
  }
}

customElements.define("audio-player", AudioPlayer)
