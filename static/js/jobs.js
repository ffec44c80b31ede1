// Entry point of the page of background work.
import "elements/job-board"
