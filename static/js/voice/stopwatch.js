// Count seconds, but not those between `stop` and `start`.
export class Stopwatch {
  #before = 0
  #since = null

  get seconds() {
    const running = this.#since === null ? 0 : performance.now() - this.#since
    return (this.#before + running) / 1000
  }

  start() {
    this.#since ??= performance.now()
  }

  stop() {
    this.#before = this.seconds * 1000
    this.#since = null
  }
}
