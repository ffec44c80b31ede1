// Entry point of the page of a sound.
import "elements/audio-player"
