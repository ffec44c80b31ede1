// What every page has.
import { sayWhatWasLeft } from "lib/toast"
import "elements/avatar-cropper"
import "elements/copy-field"
import "elements/show-password"
import "elements/strength-meter"
import "lib/busy-forms"
import "lib/dialogs"
import "lib/passing-toasts"
import "lib/print-page"
import "lib/show-current"
import "lib/time-zone"

sayWhatWasLeft()
