// Tell the server the browser's time zone, for the times in the pages that it renders.
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

if (timeZone) document.cookie = `tz=${timeZone}; path=/; max-age=31536000; samesite=lax`
