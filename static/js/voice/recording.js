// Record the microphone. `state`: asking, recording, paused, ending, ended or failed, with an event `change` for each
// but `ending`; events `level` come in between.
import { openMicrophone } from "voice/microphone"
import { Stopwatch } from "voice/stopwatch"
import { addDuration } from "voice/webm-duration"

export const MAX_SECONDS = 600
// Of voices; 10 minutes are 3.6 MB.
const BITS_PER_SECOND = 48_000
const LEVEL_INTERVAL = 50

export class Recording extends EventTarget {
  state = "asking"
  // Between 0 and 1, one for each 50 ms.
  levels = []
  // Of `getUserMedia`, where it has failed.
  error = null
  // Why it has ended, where not by the user: "limit", "unplugged", or as `stop` was told.
  reason = ""
  // What was recorded, once it has ended.
  blob = null
  #type
  #microphone = null
  #recorder = null
  #chunks = []
  #timer = 0
  #stopwatch = new Stopwatch()
  #isDiscarded = false
  #reportEnd
  #hasEnded = new Promise((resolve) => (this.#reportEnd = resolve))

  constructor(type) {
    super()
    this.#type = type
  }

  get seconds() {
    return Math.min(MAX_SECONDS, this.#stopwatch.seconds)
  }

  async start() {
    try {
      this.#microphone = await openMicrophone()
      if (this.#isDiscarded) return this.#microphone.close()
      const options = { mimeType: this.#type, audioBitsPerSecond: BITS_PER_SECOND }
      this.#recorder = new MediaRecorder(this.#microphone.stream, options)
    } catch (error) {
      this.#microphone?.close()
      this.error = error
      return this.#change("failed")
    }
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#chunks.push(data))
    this.#recorder.addEventListener("stop", () => this.#end())
    this.#recorder.start()
    this.#run()
  }

  pause() {
    if (this.state !== "recording") return
    this.#recorder.pause()
    this.#halt()
    this.#change("paused")
  }

  resume() {
    if (this.state !== "paused") return
    this.#recorder.resume()
    this.#run()
  }

  // Resolves when it has ended.
  stop(reason = "") {
    if (this.state === "recording" || this.state === "paused") {
      this.reason = reason
      this.#halt()
      this.state = "ending"
      this.#recorder.stop()
    }
    return this.#hasEnded
  }

  // Also while the user is still asked.
  discard() {
    this.#isDiscarded = true
    this.stop()
  }

  #run() {
    this.#stopwatch.start()
    this.#timer = setInterval(() => this.#measure(), LEVEL_INTERVAL)
    this.#change("recording")
  }

  #halt() {
    clearInterval(this.#timer)
    this.#stopwatch.stop()
  }

  #measure() {
    this.levels.push(this.#microphone.readLevel())
    if (this.seconds >= MAX_SECONDS) this.stop("limit")
    else this.dispatchEvent(new Event("level"))
  }

  async #end() {
    // Without being asked to: the microphone is gone.
    if (this.state !== "ending") this.reason = "unplugged"
    this.#halt()
    this.#microphone.close()
    this.blob = await addDuration(new Blob(this.#chunks, { type: this.#recorder.mimeType }), this.seconds)
    this.#change("ended")
    this.#reportEnd()
  }

  #change(state) {
    this.state = state
    this.dispatchEvent(new Event("change"))
  }
}
