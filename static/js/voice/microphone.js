// Open the microphone, and measure how loud it is.

// Resolves with a Microphone; rejects as `getUserMedia` does.
export async function openMicrophone() {
  return new Microphone(await navigator.mediaDevices.getUserMedia({ audio: true }))
}

class Microphone {
  #context = new AudioContext()
  #analyser = this.#context.createAnalyser()
  #samples = new Float32Array(this.#analyser.fftSize)

  constructor(stream) {
    this.stream = stream
    this.#context.createMediaStreamSource(stream).connect(this.#analyser)
    // In Safari it begins by itself only at a press, and the question for the microphone came after that.
    this.#context.resume()
  }

  // The largest of the last 2048 samples, 0 to 1: of 43 ms at 48 kHz.
  readLevel() {
    this.#analyser.getFloatTimeDomainData(this.#samples)
    return this.#samples.reduce((largest, sample) => Math.max(largest, Math.abs(sample)), 0)
  }

  close() {
    for (const track of this.stream.getTracks()) track.stop()
    this.#context.close()
  }
}
