// What every page has.
import { sayWhatWasLeft } from "lib/toast"
import "elements/avatar-cropper"
import "elements/copy-field"
import "elements/show-password"
import "elements/strength-meter"
import "lib/submit-once"
import "lib/dialogs"
import "lib/toast-timeout"
import "lib/print-button"
import "settings/settings-nav"
import "lib/time-zone-cookie"

sayWhatWasLeft()
