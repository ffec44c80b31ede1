// Made by `manage.py compilemessages` from djangojs.po.
export default {
  "%(count)s character left": [
    "noch %(count)s Zeichen",
    "noch %(count)s Zeichen"
  ],
  "%(count)s character too many": [
    "%(count)s Zeichen zu viel",
    "%(count)s Zeichen zu viel"
  ],
  "%(count)s new message": [
    "%(count)s neue Nachricht",
    "%(count)s neue Nachrichten"
  ],
  "%(count)s other": [
    "%(count)s weitere Person",
    "%(count)s weitere"
  ],
  "%(count)s person found": [
    "%(count)s Person gefunden",
    "%(count)s Personen gefunden"
  ],
  "%(first)s and %(last)s": "%(first)s und %(last)s",
  "%(name)s added": "%(name)s hinzugefügt",
  "%(name)s is in this room now. Mention them again to notify them.": "%(name)s ist jetzt in diesem Raum. Erwähne die Person noch einmal, um sie zu benachrichtigen.",
  "%(name)s removed": "%(name)s entfernt",
  "%(names)s is typing": [
    "%(names)s schreibt gerade",
    "%(names)s schreiben gerade"
  ],
  "(edited)": "(bearbeitet)",
  "A message can’t be empty. Delete it instead.": "Eine Nachricht kann nicht leer sein. Lösche sie stattdessen.",
  "Add %(name)s": "%(name)s hinzufügen",
  "Add a reaction": "Reaktion hinzufügen",
  "Agent": "Agent",
  "Code": "Code",
  "Copied": "Kopiert",
  "Could be longer": "Könnte länger sein",
  "Good": "Gut",
  "Hide password": "Passwort verbergen",
  "Latest messages": "Neueste Nachrichten",
  "Link copied.": "Link kopiert.",
  "No longer saved.": "Nicht mehr gespeichert.",
  "No passkey was used: it was cancelled, took too long, or there is none here.": "Es wurde kein Passkey verwendet: abgebrochen, zu lange gewartet, oder hier ist keiner.",
  "Not deleted.": "Nicht gelöscht.",
  "Not done.": "Nicht geschehen.",
  "Not in this room, so not notified: %(names)s.": "Nicht in diesem Raum, daher nicht benachrichtigt: %(names)s.",
  "Not marked.": "Nicht markiert.",
  "Not saved.": "Nicht gespeichert.",
  "Not sent.": "Nicht gesendet.",
  "Passkeys don’t work at this address. Open the server by its domain name and https://.": "Unter dieser Adresse funktionieren Passkeys nicht. Öffne den Server unter seinem Domainnamen und mit https://.",
  "Pin": "Anheften",
  "Pinned": "Angeheftet",
  "Press Ctrl+C": "Drücke Strg+C",
  "Reactions": "Reaktionen",
  "Remove %(name)s": "%(name)s entfernen",
  "Remove from saved": "Nicht mehr speichern",
  "Save": "Speichern",
  "Saved. You find it under “Saved” on the left.": "Gespeichert. Du findest sie links unter „Gespeichert“.",
  "Several people are typing": "Mehrere schreiben gerade",
  "Show password": "Passwort anzeigen",
  "Strong": "Stark",
  "Table": "Tabelle",
  "Text copied.": "Text kopiert.",
  "The details could not be loaded. Try again in a moment.": "Die Angaben konnten nicht geladen werden. Versuche es gleich noch einmal.",
  "The edit history could not be loaded.": "Der Bearbeitungsverlauf konnte nicht geladen werden.",
  "The server answered %(status)s.": "Der Server antwortete %(status)s.",
  "The server can’t be reached. This page stays open; the link works again when you’re connected.": "Der Server ist nicht erreichbar. Diese Seite bleibt offen; der Link geht wieder, wenn du verbunden bist.",
  "The server can’t be reached. Try again when you’re connected.": "Der Server ist nicht erreichbar. Versuche es noch einmal, wenn du verbunden bist.",
  "The server did not answer.": "Der Server hat nicht geantwortet.",
  "The server refused this.": "Der Server hat das abgelehnt.",
  "This device can’t make such a passkey.": "Dieses Gerät kann keinen solchen Passkey anlegen.",
  "This device has a passkey for your account already.": "Dieses Gerät hat schon einen Passkey für dein Konto.",
  "This isn’t a picture that this browser can show.": "Dieses Bild kann der Browser nicht anzeigen.",
  "This message can’t be edited now.": "Diese Nachricht lässt sich gerade nicht bearbeiten.",
  "This message was deleted.": "Diese Nachricht wurde gelöscht.",
  "Today": "Heute",
  "Too easy to guess": "Zu leicht zu erraten",
  "Unpin": "Lösen",
  "Waiting for the connection": "Wartet auf die Verbindung",
  "Write to %(name)s": "Schreib an %(name)s",
  "Yesterday": "Gestern",
  "You are no longer in %(name)s.": "Du bist nicht mehr in %(name)s.",
  "Your words are still here.": "Dein Text ist noch da.",
  "away": "abwesend",
  "busy": "beschäftigt",
  "member": [
    "Mitglied",
    "Mitglieder"
  ],
  "offline": "offline",
  "online": "online"
}
