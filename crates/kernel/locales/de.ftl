## Used on many pages
skip = Zum Inhalt springen
actions = Aktionen
cancel = Abbrechen
older = Ältere
never = nie
none = keine
yes = ja
no = nein
breadcrumb = Navigationspfad
to-overview = Zur Übersicht
copy = Kopieren: { $what }
copy-done = Kopiert
copy-failed = Nicht kopiert: Markieren Sie den Text und kopieren Sie ihn von Hand

## Page titles
title-signin = Anmelden
title-signup = Konto anlegen
title-setup = Einrichtung
title-dashboard = Übersicht
title-sessions = Sitzungen
title-tokens = Zugriffstoken
title-settings = Einstellungen
title-team = Team
title-tenant-settings = Organisation
title-new-tenant = Neue Organisation
title-invite = Einladung
title-people = Personen
title-tenants = Organisationen
title-audit = Prüfprotokoll
title-posture = Nachweise
title-catalogue = Katalog der Zusagen
title-changes = Änderungen
title-jobs = E-Mails und Aufträge
title-admin-settings = Betreibereinstellungen
title-security = Sicherheit
title-claim = Sicherheitszusage
title-api = API
title-mail = Hier aufbewahrte E-Mails
title-recover = Passwort zurücksetzen
title-reset = Neues Passwort festlegen
title-confirm = Adresse bestätigen
title-sent = Sehen Sie in Ihr Postfach
title-problem = Problem

## Navigation
nav-main = Hauptmenü
nav-customer = Ihr Konto und Ihre Organisation
nav-switch = Organisation wechseln
nav-tenants = Ihre Organisationen
nav-new-tenant = Neue Organisation
nav-overview = Übersicht
nav-team = Team
nav-tenant-settings = Organisation
nav-sessions = Sitzungen
nav-tokens = Zugriffstoken
nav-settings = Einstellungen
nav-security = Sicherheit
nav-security-page = Sicherheitsseite
nav-api = API
nav-mail = E-Mails
nav-operator = Betreiberbereich
nav-operator-plate = BE
nav-operator-scope = alle Organisationen
nav-admin-tenants = Organisationen
nav-admin-people = Personen
nav-admin-audit = Prüfprotokoll
nav-admin-posture = Nachweise
nav-admin-jobs = E-Mails und Aufträge
nav-admin-settings = Einstellungen
nav-back = Zurück zu Ihrem Konto
nav-account = Ihr Konto
nav-sign-in = Anmelden
nav-keys = Öffentliche Schlüssel
nav-checkpoint = Checkpoint
menu-open = Menü
menu-account = Konto von { $name }
menu-sign-out = Abmelden
gate-proven = Was bei diesem Dienst nachgewiesen ist
public-footer = Geprüft und signiert von Vouchsafe { $version }, betrieben von { $product }. Alle Zeiten in UTC.

## Forms
errors-heading =
    { $n ->
        [one] Ein Punkt ist zu korrigieren
       *[other] { $n } Punkte sind zu korrigieren
    }
errors-kept = Nichts wurde geändert. Ihre Eingaben sind noch da, außer Passwörtern.
field-optional = (freiwillig)
field-email = E-Mail
field-name = Ihr Name
field-password = Passwort
field-new-password = Neues Passwort
field-organisation = Name der Organisation
field-product = Name Ihres Dienstes
field-product-hint = Er steht auf jeder Seite und in jeder E-Mail. Höchstens 60 Zeichen.
field-accent = Farbe von Links und Schaltflächen
field-accent-hint = Wählen Sie eine Farbe, die dunkel genug ist, um auf Weiß lesbar zu sein. In der dunklen Darstellung wird sie aufgehellt.
password-hint = 12 bis 128 Zeichen, die niemand so bald errät: Einige Wörter ohne Zusammenhang genügen. Alle Zeichen sind erlaubt; Sie können das Passwort auch einfügen.
password-hint-classic = 12 bis 128 Zeichen, darunter ein Großbuchstabe, ein Kleinbuchstabe, eine Ziffer und ein Sonderzeichen. Sie können das Passwort auch einfügen.
error-email-invalid = Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.org
error-email-long = Diese E-Mail-Adresse ist zu lang: höchstens 254 Zeichen
error-name-empty = Geben Sie einen Namen ein
error-name-long = Dieser Name ist zu lang: höchstens 80 Zeichen
error-password-short = Dieses Passwort ist zu kurz: mindestens 12 Zeichen
error-password-long = Dieses Passwort ist zu lang: höchstens 128 Zeichen
error-password-same = Wählen Sie ein Passwort, das weder Ihre E-Mail-Adresse noch Ihr Name ist
error-password-common = Dieses Passwort ist zu schnell erraten: Wählen Sie ein anderes, zum Beispiel einige Wörter ohne Zusammenhang
error-organisation-empty = Geben Sie den Namen der Organisation ein
error-organisation-long = Dieser Name ist zu lang: höchstens 80 Zeichen
error-role-unknown = Wählen Sie eine der Rollen
error-expiry-range = Wählen Sie 1 bis 90 Tage
error-accent-invalid = Geben Sie eine Farbe wie #0f4c81 ein
error-product-empty = Geben Sie den Namen Ihres Dienstes ein
error-product-long = Dieser Name ist zu lang: höchstens 60 Zeichen
error-word-wrong = Dieses Wort stimmt nicht mit dem Wiederherstellungssatz überein: Sehen Sie nach und geben Sie es noch einmal ein
error-signin = E-Mail und Passwort passen nicht zusammen
error-busy = Zu viele Versuche auf einmal: Warten Sie einen Moment und versuchen Sie es dann noch einmal
error-reason-empty = Geben Sie einen Grund an
error-already-member = Diese Person ist schon Mitglied
error-last-owner = Eine Organisation braucht ein Mitglied mit der Rolle „Inhaber“: Geben Sie die Rolle zuerst einer anderen Person
error-logo-type = Das Logo muss ein PNG- oder WebP-Bild sein
error-logo-size = Das Logo ist zu groß: höchstens 128 KiB
error-contact-invalid = Geben Sie als Kontakt eine E-Mail-Adresse ein oder lassen Sie das Feld leer
error-description-long = Diese Beschreibung ist zu lang: höchstens 500 Zeichen
error-current-wrong = Das ist nicht Ihr aktuelles Passwort
error-date = Geben Sie ein Datum wie 2026-11-23 ein

## What the last action did
notice-signed-out = Sie sind auf diesem Gerät abgemeldet.
notice-confirmed = Ihre Adresse ist bestätigt. Melden Sie sich an, um zu beginnen.
notice-password-changed = Ihr Passwort ist geändert. Ihre anderen Sitzungen sind abgemeldet.
notice-password-reset = Ihr neues Passwort ist festgelegt, alle Sitzungen wurden abgemeldet. Melden Sie sich damit an.
notice-session-revoked = Diese Sitzung ist abgemeldet. Die nächste Anfrage von dort wird abgewiesen.
notice-others-revoked = Ihre anderen Sitzungen sind abgemeldet. Diese hier bleibt bestehen.
notice-profile-saved = Ihr Name ist gespeichert.
notice-theme-saved = Die Darstellung ist auf diesem Gerät gespeichert.
notice-language-saved = Die Sprache ist gespeichert.
notice-token-revoked = Das Token ist widerrufen. Die nächste Anfrage damit wird abgewiesen.
notice-invited = Die Einladung ist unterwegs.
notice-invitation-revoked = Die Einladung ist zurückgezogen. Der Link darin funktioniert nicht mehr.
notice-role-changed = Die Rolle ist geändert und gilt ab der nächsten Anfrage.
notice-member-removed = Die Person ist entfernt und hat ab der nächsten Anfrage keinen Zugang mehr.
notice-tenant-created = Die Organisation ist angelegt. Sie haben dort die Rolle „Inhaber“.
notice-settings-saved = Die Einstellungen sind gespeichert.
notice-reset-sent = Ein Rücksetzlink ist unterwegs. Bis er benutzt wird, bleibt das Passwort unverändert.
notice-joined = Sie sind der Organisation beigetreten.
notice-sign-in-first = Melden Sie sich zuerst an. Danach gelangen Sie zu der Seite, die Sie aufgerufen haben.
notice-session-ended = Ihre Sitzung ist beendet: Entweder wurde sie anderswo abgemeldet oder sie war zu alt. Nichts ging verloren; melden Sie sich wieder an.
notice-posture-falsify = Die Sonde wird zuerst gegen ein fehlerhaftes System geschickt und dann gegen dieses hier. Sehen Sie gleich noch einmal nach.
notice-claim-published = Veröffentlicht. Die Änderung steht im öffentlichen Änderungsverzeichnis.
notice-claim-withdrawn = Zurückgezogen. Das steht jetzt auf der Seite, mit Ihrer Begründung.
notice-claim-paused = Die Prüfung dieser Zeile ist angehalten. Das steht jetzt auf der Seite, mit Ihrer Begründung.
notice-attestation-received = Die Bescheinigung ist eingegangen. Sie zählt, sobald eine zweite Person sie freigegeben hat.
notice-attestation-approved = Freigegeben. Die Seite nennt jetzt die Bescheinigung und ihr Ablaufdatum.
notice-attestation-withdrawn = Zurückgenommen.
notice-posture-run = Die Nachweise laufen. Die Ergebnisse erscheinen hier nach und nach.
notice-paused = Die Prüfung ist angehalten. Das steht auch auf der Sicherheitsseite.
notice-resumed = Die Prüfung läuft weiter. Zusagen gelten wieder als nachgewiesen, sobald sie erneut geprüft sind.

## Sign-in
signin-title = Anmelden
signin-lede = an der Konsole von { $product }
signin-button = Anmelden
signin-forgotten = Passwort vergessen?
signin-sign-up = Konto anlegen

## Sign-up
signup-title = Konto anlegen
signup-lede = bei { $product }
signup-button = Konto anlegen
signup-next = Danach bekommen Sie eine E-Mail mit einem Link. Das Konto funktioniert, sobald Sie den Link benutzt haben.
signup-have-one = Ich habe schon ein Konto: anmelden
sent-evaluation = Dies ist eine Testinstallation: E-Mails verlassen diesen Rechner nicht, sie werden hier aufbewahrt.
sent-open-mail = Hier aufbewahrte E-Mails öffnen
sent-nothing = Nach ein paar Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, prüfen Sie die Adresse und fordern Sie die E-Mail noch einmal an.
sent-to-sign-in = Zur Anmeldung
sent-signup-heading = Sehen Sie in Ihr Postfach
sent-signup-text = Wir haben eine Nachricht an die eingegebene Adresse geschickt. Benutzen Sie den Link darin innerhalb von 24 Stunden, um die Adresse zu bestätigen.
sent-recover-heading = Sehen Sie in Ihr Postfach
sent-recover-text = Wenn es zu dieser Adresse ein Konto gibt, ist eine Nachricht mit einem Link unterwegs. Der Link funktioniert nur einmal und nur 30 Minuten lang. Bis Sie ihn benutzen, bleibt Ihr Passwort unverändert.
confirm-title = Adresse bestätigen
confirm-lede = Ein Klick, und das Konto gehört Ihnen.
confirm-button = Diese Adresse bestätigen
confirm-not-you = Sie wollten gar kein Konto? Dann schließen Sie diese Seite. Ohne die Schaltfläche passiert nichts.
recover-title = Passwort zurücksetzen
recover-lede = Geben Sie die Adresse Ihres Kontos ein. Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort festlegen.
recover-button = Link senden
recover-back = Zurück zur Anmeldung
reset-title = Neues Passwort festlegen
reset-lede = Es gilt sofort. Alle Sitzungen dieses Kontos werden abgemeldet.
reset-button = Passwort festlegen
reset-again = Neuen Link anfordern

## Sessions
sessions-title = Sitzungen
sessions-lede = Hier sehen Sie, wo Sie überall angemeldet sind. Melden Sie ab, was Sie nicht kennen, und ändern Sie dann Ihr Passwort.
sessions-heading = Jetzt angemeldet
sessions-this = dieses Gerät
sessions-address = Von
sessions-signed-in = Angemeldet
sessions-active = zuletzt aktiv
sessions-end = Abmelden
sessions-end-others =
    { $n ->
        [one] Andere Sitzung abmelden …
       *[other] { $n } andere Sitzungen abmelden …
    }
sessions-end-heading =
    { $n ->
        [one] Andere Sitzung abmelden?
       *[other] { $n } andere Sitzungen abmelden?
    }
sessions-end-text =
    { $n ->
        [one] Die Sitzung endet mit ihrer nächsten Anfrage. Was dort nicht gespeichert ist, geht verloren. Dieses Gerät bleibt angemeldet.
       *[other] Die Sitzungen enden mit ihrer nächsten Anfrage. Was dort nicht gespeichert ist, geht verloren. Dieses Gerät bleibt angemeldet.
    }
sessions-end-yes =
    { $n ->
        [one] Sitzung abmelden
       *[other] Sitzungen abmelden
    }
sessions-end-no =
    { $n ->
        [one] Sitzung behalten
       *[other] Sitzungen behalten
    }
sessions-effect = Das Abmelden wirkt schon bei der nächsten Anfrage des Geräts:
sessions-proof = so wird das nachgewiesen.

## Access tokens
tokens-title = Zugriffstoken
tokens-lede = Für Programme, die in Ihrem Namen handeln. Ein Token darf, was Sie hier wählen, bis es abläuft oder Sie es widerrufen.
tokens-heading = Ihre Token
tokens-name = Name
tokens-name-hint = Wo es benutzt wird, zum Beispiel „Sicherungsskript“.
tokens-state = Status
tokens-created = Erstellt
tokens-expires = Läuft ab
tokens-used = Zuletzt benutzt
tokens-never = nie
tokens-active = Aktiv
tokens-expired = Abgelaufen
tokens-revoked = Widerrufen
tokens-revoke = Widerrufen
tokens-effect = Ein widerrufenes Token wird schon bei der nächsten Anfrage abgewiesen. Abgelaufene und widerrufene Token bleiben in der Liste.
tokens-fresh-heading = Ihr neues Token
tokens-fresh-text = Es wird nur dieses eine Mal angezeigt. Kopieren Sie es jetzt: Wir behalten nur einen Fingerabdruck und können es nicht noch einmal anzeigen.
tokens-fresh-label = Neues Token
tokens-fresh-use = Senden Sie es bei jeder Anfrage in diesem Header mit:
tokens-empty-heading = Noch kein Token
tokens-empty-text = Mit einem Token nutzt ein Programm die API in Ihrem Namen, ohne Ihr Passwort.
tokens-empty-why = Geben Sie jedem Programm ein eigenes. Dann können Sie eines widerrufen, ohne die anderen Programme anzuhalten.
tokens-new-heading = Token erstellen
tokens-expires-label = Gültig für
tokens-days =
    { $n ->
        [one] { $n } Tag
       *[other] { $n } Tage
    }
tokens-create = Token erstellen

## Settings
settings-title = Einstellungen
settings-lede = Ihr Name, Ihr Passwort und die Darstellung der Seiten.
settings-profile = Profil
settings-profile-save = Namen speichern
settings-password = Passwort
settings-password-changed = Geändert
settings-current = Aktuelles Passwort
settings-password-effect = Wenn Sie das Passwort ändern, werden Ihre anderen Sitzungen abgemeldet. Eine E-Mail informiert Sie darüber.
settings-password-save = Passwort ändern
settings-appearance = Darstellung
settings-colours = Farben
settings-theme-system = Wie das Gerät
settings-theme-light = Hell
settings-theme-dark = Dunkel
settings-theme-save = Darstellung speichern
settings-language = Sprache
settings-language-text = Für diese Seiten in diesem Browser und für E-Mails an Sie.
settings-language-save = Sprache speichern

## People (operator)
people-title = Personen
people-lede = Alle Konten dieser Installation. Niemand kann das Passwort einer anderen Person sehen oder für ein bestehendes Konto eines setzen.
people-person = Person
people-sessions = Sitzungen
people-since = Seit
people-staff = Betriebspersonal
people-reset = Rücksetzlink senden
people-reset-text = Ein Rücksetzlink geht an die eigene Adresse der Person, funktioniert einmal und wird im Prüfprotokoll festgehalten.

## Set-up
setup-steps = Schritte der Einrichtung
setup-step-account = Ihr Konto
setup-step-look = Name und Farbe
setup-step-mail = E-Mail
setup-step-kit = Wiederherstellungssatz
setup-step-proof = Erster Nachweis
setup-step-done = , erledigt
setup-step-of = Schritt { $n } von 5. Alle fünf zusammen dauern etwa drei Minuten.
setup-go-on = Weiter
setup-back = Zurück
setup-title = Ihr Konto
setup-lede = Sie bekommen die Rolle „Inhaber“ in der ersten Organisation und betreiben diese Installation.
setup-organisation-hint = Die Firma oder Gruppe, die hier arbeitet. Sie können den Namen später ändern.
setup-button = Konto anlegen
setup-expired-title = Dieser Einrichtungslink funktioniert nicht mehr
setup-expired-text = Er wurde schon benutzt oder ist älter als 30 Minuten. Nichts wurde geändert. Starten Sie das Programm neu: Solange niemand die Einrichtung abgeschlossen hat, gibt es einen neuen Link aus.
setup-expired-label = Befehl
setup-expired-done = Haben Sie die Einrichtung schon abgeschlossen? Dann melden Sie sich mit dem Konto an, das Sie angelegt haben.
setup-expired-sign-in = Zur Anmeldung
setup-look-title = Name und Farbe
setup-look-lede = Das sieht Ihre Kundschaft. Beides können Sie später in den Betreibereinstellungen ändern.
setup-mail-title = E-Mail
setup-mail-lede = Einladungen, Bestätigungen und Warnungen werden per E-Mail verschickt.
setup-mail-smtp = Ein Mailserver ist eingestellt
setup-mail-smtp-text = Schicken Sie sich eine Testnachricht, bevor Sie weitermachen.
setup-mail-kept = E-Mails bleiben auf diesem Rechner
setup-mail-kept-text = Dies ist eine Testinstallation ohne Mailserver: Jede Nachricht wird hier aufbewahrt, statt verschickt zu werden.
setup-mail-open = Hier aufbewahrte E-Mails öffnen
setup-mail-none = Es ist kein Mailserver eingestellt
setup-mail-none-text = Nachrichten warten, bis in der Konfiguration einer eingetragen ist; nichts geht verloren. Sie können jetzt weitermachen.
setup-mail-sent = Die Testnachricht ist übergeben
setup-mail-sent-text = Wenn sie nicht ankommt, finden Sie den Grund im Betreiberbereich unter „E-Mails und Aufträge“.
setup-mail-to = Testnachricht senden an
setup-mail-test = Test senden
setup-kit-title = Wiederherstellungssatz aufbewahren
setup-kit-lede = Diese 24 Wörter sind die einzige weitere Kopie des Hauptschlüssels. Wer die Schlüsseldatei und die Wörter verliert, verliert alle hier gespeicherten Daten. Wir können sie nicht wiederherstellen, und auch sonst kann es niemand.
setup-kit-download = Wörter herunterladen
setup-kit-keep = Bewahren Sie die Wörter getrennt von diesem Rechner auf.
setup-kit-type = Geben Sie zwei der Wörter ein, damit beide Seiten wissen, dass Sie sie haben
setup-kit-word = Wort { $n }
setup-kit-confirm = Bestätigen und weiter
setup-proof-title = Der erste Nachweis
setup-proof-lede = Der Dienst greift sich selbst an: Er meldet sich zweimal an, meldet eine der beiden Sitzungen ab und prüft, ob sie noch hineinkommt.
setup-proof-running = Der Versuch läuft. Diese Seite sieht alle zwei Sekunden nach.
setup-proof-proven = Der Schutz hat gehalten. Das signierte Ergebnis liegt im Belegprotokoll und steht auf der öffentlichen Sicherheitsseite.
setup-proof-not = Das Ergebnis entspricht nicht der Zusage. Das steht auch auf der Sicherheitsseite; der Dienst funktioniert, und der Versuch wird wiederholt.
setup-proof-measured = Gemessen
setup-proof-look = Noch einmal nachsehen
setup-proof-skip = Ohne Warten zur Übersicht
setup-proof-dashboard = Zur Übersicht
setup-proof-security = Zur Sicherheitsseite

## Overview
dashboard-greeting = Hallo, { $name }
dashboard-lede = Sie arbeiten in { $tenant }.
dashboard-team = Team
dashboard-alone-heading = Sie sind hier allein
dashboard-alone-text = Mit einer zweiten Person in der Rolle „Inhaber“ bleibt { $tenant } erreichbar, auch wenn eine von Ihnen beiden es nicht ist. Laden Sie jemanden mit passender Rolle ein.
dashboard-invite = Person einladen
dashboard-first-heading = Noch keine Organisation
dashboard-first-text = Eine Organisation umfasst Ihr Team und alles, was dazugehört, in einer eigenen Datei mit eigenem Schlüssel.
dashboard-first-why = Legen Sie eine an, oder treten Sie über den Link in einer Einladung einer bestehenden bei.
dashboard-first-button = Organisation anlegen
dashboard-access-heading = Wer in Ihrem Namen handeln kann
dashboard-sessions =
    { $n ->
        [one] { $n } Sitzung
       *[other] { $n } Sitzungen
    }
dashboard-sessions-text = Wo Sie gerade angemeldet sind.
dashboard-sessions-link = Sitzungen ansehen
dashboard-tokens =
    { $n ->
        [one] { $n } Zugriffstoken
       *[other] { $n } Zugriffstoken
    }
dashboard-tokens-text = Programme, die die API in Ihrem Namen nutzen dürfen.
dashboard-tokens-link = Token verwalten
dashboard-proofs-heading = Für Sie nachgewiesen
dashboard-proofs-all = Alle Zusagen
dashboard-proofs-empty = Es wurde noch nichts geprüft. Die ersten Ergebnisse erscheinen in wenigen Minuten.
dashboard-lately-heading = Zuletzt
dashboard-lately-empty = Bisher ist nichts geschehen.

## Organisations
new-tenant-title = Neue Organisation
new-tenant-lede = Die Organisation erhält eine eigene Datei, verschlüsselt mit eigenem Schlüssel. Sie selbst erhalten die Rolle „Inhaber“.
new-tenant-hint = Lässt sich später ändern. Die Adresse im Browser bleibt.
new-tenant-button = Organisation anlegen
new-tenant-key = Mit Ihren anderen Organisationen wird nichts geteilt, nicht einmal die Mitglieder.
tenant-settings-title = Organisation
tenant-settings-lede = Was andere von ihr sehen und wie ihre Daten aufbewahrt werden.
tenant-settings-about = Angaben
tenant-settings-description = Beschreibung
tenant-settings-description-hint = Wofür sie da ist, in ein, zwei Sätzen. Für Mitglieder sichtbar. Höchstens 500 Zeichen.
tenant-settings-contact = Kontakt
tenant-settings-contact-hint = Die Adresse für Nachrichten, die die ganze Organisation betreffen.
tenant-settings-save = Speichern
tenant-settings-read-only = Wer die Rolle „Inhaber“ hat, kann das ändern.
tenant-settings-kept = Wie ihre Daten aufbewahrt werden
tenant-settings-slug = Adressteil
tenant-settings-created = Angelegt
tenant-settings-region = Region
tenant-settings-cipher = Speicherung
tenant-settings-kept-text = Ohne ihren Schlüssel ist die Datei dieser Organisation nicht lesbar; keine andere Organisation hat diesen Schlüssel.

## Team
team-title = Team
team-lede =
    { $n ->
        [one] { $n } Person.
       *[other] { $n } Personen.
    }
team-effect = Wer hier entfernt wird, hat ab der nächsten Anfrage keinen Zugriff mehr.
team-invite-link = Person einladen
team-members = Mitglieder
team-person = Person
team-role = Rolle
team-since = Mitglied seit
team-you = Sie
team-role-of = Rolle von { $name }
team-role-save = Rolle festlegen
team-remove = Entfernen …
team-remove-heading = { $name } entfernen?
team-remove-text = Die Person verliert ab der nächsten Anfrage den Zugriff auf diese ganze Organisation; Sitzungen, die darin waren, enden. Das Konto und die anderen Organisationen der Person bleiben bestehen. Sie können die Person wieder einladen.
team-remove-yes = { $name } entfernen
team-remove-no = Behalten
team-read-only = Wer die Rolle „Inhaber“ hat, kann einladen, entfernen und Rollen ändern.
team-invitations = Offene Einladungen
team-invitations-empty = Es ist keine Einladung offen.
team-link-ends = Link gilt bis
team-withdraw = Zurückziehen
team-invite-heading = Person einladen
team-invite-hint = Was jede Rolle darf, steht weiter unten. Der Link funktioniert einmal und läuft nach sieben Tagen ab.
team-invite-button = Einladung senden
team-roles-heading = Was jede Rolle darf
team-may = Darf
role-owner = Inhaber
role-owner-text = Alles, auch Rollen, Mitglieder und Einstellungen.
role-operator = Bearbeiter
role-operator-text = Sieht die Organisation und ihr Team. Ändert Name, Beschreibung und Kontakt der Organisation, und liest ihr Protokoll.
role-billing = Abrechnung
role-billing-text = Sieht die Organisation und ihr Team. Ändert nichts.
role-viewer = Leser
role-viewer-text = Sieht die Organisation und ihr Team. Ändert nichts.
matrix-see = Organisation sehen
matrix-team-see = Team sehen
matrix-invite = Personen einladen
matrix-roles = Rollen ändern, Personen entfernen
matrix-settings = Name, Beschreibung und Kontakt ändern

## Invitation
invite-title = { $tenant } beitreten
invite-lede = Die Einladung gilt für { $email }, mit der Rolle „{ $role }“.
invite-join = { $tenant } beitreten
invite-other-heading = Diese Einladung gilt für eine andere Adresse
invite-other-text = Sie sind als { $other } angemeldet. Melden Sie sich ab, und öffnen Sie den Link dann noch einmal. Es wurde nichts geändert.
invite-create = Konto anlegen und beitreten
invite-have-one = Ich habe ein Konto: anmelden
invite-gone-title = Diese Einladung gilt nicht mehr
invite-gone-text = Sie wurde bereits benutzt oder zurückgezogen, oder sie ist älter als sieben Tage. Es wurde nichts geändert. Bitten Sie die Person, die Sie eingeladen hat, um eine neue.

## Organisations (operator)
tenants-title = Organisationen
tenants-lede =
    { $n ->
        [one] { $n } Organisation. Sie sehen, dass es sie gibt, aber nicht, was sie enthält.
       *[other] { $n } Organisationen. Sie sehen, dass es sie gibt, aber nicht, was sie enthalten.
    }
tenants-tenant = Organisation
tenants-state = Status
tenants-members = Mitglieder
tenants-region = Region
tenants-created = Angelegt
tenants-id = ID
tenants-active = Aktiv
tenants-key = Jede Organisation ist eine eigene Datei, verschlüsselt mit eigenem Schlüssel.
tenants-empty-heading = Noch keine Organisation
tenants-empty-text = Jeder Kunde ist eine Organisation mit eigenen Personen, eigener Datei und eigenem Schlüssel. Die erste erscheint hier, sobald sie angelegt ist.

## Operator settings
admin-settings-title = Betreibereinstellungen
admin-settings-lede = Wie sich diese Installation allen zeigt, die sie nutzen.
admin-settings-look = Name und Farbe
admin-settings-save = Speichern
admin-settings-logo = Logo
admin-settings-logo-now = Aktuelles Logo
admin-settings-logo-file = Bild
admin-settings-logo-hint = PNG oder WebP, höchstens 128 KiB. Es steht neben dem Namen; am besten passt daher ein Zeichen ohne Schrift.
admin-settings-logo-save = Logo verwenden
admin-settings-logo-remove = Logo entfernen

## Audit log (operator)
audit-title = Prüfprotokoll
audit-verified = Kette bestätigt
audit-not-verified = Kette nicht bestätigt
audit-size =
    { $n ->
        [one] { $n } Eintrag
       *[other] { $n } Einträge
    }
audit-checkpoint = letzter Checkpoint
audit-verified-text = Nichts fehlt, nichts wurde verändert.
audit-not-verified-text = Die letzte Prüfung hat die Kette nicht bestätigt, oder seit dem Start lief noch keine. Bleibt das so, bewahren Sie eine Kopie des Datenordners auf, und klären Sie die Ursache.
audit-not-yet = Noch nicht bestätigt
audit-not-yet-text = Es wurde noch kein Checkpoint signiert; der erste folgt in wenigen Minuten.
audit-export = Angezeigtes exportieren als
audit-filter = Filtern
audit-filter-label = Prüfprotokoll filtern
audit-filter-hint = Suchwörter und diese Filter:
audit-chip-remove = diesen Filter entfernen
audit-shown = Einträge: { $shown } von { $size }
audit-elapsed = gefunden in { $ms } ms
audit-entries = Einträge
audit-entries-scroll = Einträge, seitlich verschiebbar
audit-time = Zeit
audit-actor = Wer, Adresse
audit-event = Aktion, Ziel, Organisation
audit-result = Ergebnis
audit-done = Ausgeführt
audit-refused = Abgewiesen
audit-newest = Neueste zuerst
audit-entry = Eintrag { $n }
audit-close = Schließen
audit-action = Aktion
audit-who = Wer
audit-address = Adresse
audit-target = Ziel
audit-tenant = Organisation
audit-trace = Vorgang
audit-id = ID
audit-json = Eintrag als JSON
audit-proof = Im Protokoll, unverändert
audit-proof-entry = Eintrag { $seq } ist nachgewiesen durch
audit-proof-hashes =
    { $n ->
        [one] { $n } Hashwert,
       *[other] { $n } Hashwerte,
    }
audit-proof-size = bis zum Checkpoint der Größe { $size }.
audit-empty-heading = Kein Eintrag passt
audit-empty-text = Das Protokoll bewahrt jede Änderung und jede Abweisung auf, aber nichts davon passt zu diesem Filter. Entfernen Sie einen Teil davon, oder sehen Sie sich alle Einträge an.
audit-empty-link = Alle Einträge

## States of a claim
state-proven = Nachgewiesen
state-proven-text = Fristgerecht und mindestens einmal geprüft, ohne Verletzung, über das ganze Ziel und mit einer Sonde, die laut Gegenprobe auch fehlschlagen kann.
state-failing = Verletzt
state-failing-text = Ein Versuch ist durchgekommen. Das bleibt hier stehen, bis derselbe Versuch zweimal in Folge abgewiesen wird, geprüft mit einer Sonde, die laut erneuter Gegenprobe fehlschlagen kann.
state-mismatch = Abweichend
state-mismatch-text = Es wurde geprüft, und gemessen wurde nicht, was zugesagt ist. Der Grund steht dabei.
state-stale = Veraltet
state-stale-text = Nicht rechtzeitig geprüft. Was vorher galt, zählt nicht mehr.
state-unchecked = Ungeprüft
state-unchecked-text = Es gibt eine Prüfung, oder es könnte eine geben, aber sie wurde nicht ausgeführt. Der Grund steht dabei.
state-attested = Bescheinigt
state-attested-text = Jemand hat ein Dokument unterschrieben. Wir nennen es und sein Ablaufdatum. Eine Prüfung ist das nicht.
state-attestation-expired = Bescheinigung abgelaufen
state-attestation-expired-text = Das Ablaufdatum des Dokuments ist vorbei. Es zählt nicht mehr.
state-enforced = Bauartbedingt
state-enforced-text = Hier nicht geprüft: Es ist so gebaut, dass sich das Gegenteil nicht ausdrücken lässt, und Tests des Programms wachen darüber.
state-off = Aus
state-off-text = Gebaut, aber hier nicht eingeschaltet.
state-planned = Geplant
state-planned-text = Noch nicht da, aber vorgesehen.
state-not-applicable = Nicht anwendbar
state-not-applicable-text = Ergibt hier keinen Sinn oder lässt sich so, wie es formuliert ist, nicht prüfen. Der Grund steht dabei.
state-not-built = Nicht gebaut
state-not-built-text = Nicht vorhanden. Aufgeführt, weil andere es versprechen.
state-withdrawn = Zurückgezogen
state-withdrawn-text = Wir haben es einmal zugesagt und tun es nicht mehr.
domain-identity = Anmeldung
domain-tenancy = Organisationen und Team
domain-audit = Prüfprotokoll
domain-vault = Geheimnisse und Verschlüsselung
domain-fleet = Server und SSH
domain-billing = Abrechnung
domain-edge = Webzugang
domain-voice = Telefonie
domain-backup = Sicherungen und Notfallvorsorge
domain-privacy = Datenschutz
domain-operations = Betrieb
domain-console = Konsole

## Security page
security-heading = { $proven } von
security-heading-total =
    { $n ->
        [one] { $n } Sicherheitszusage ist zurzeit nachgewiesen.
       *[other] { $n } Sicherheitszusagen sind zurzeit nachgewiesen.
    }
security-lede = Diese Zeilen handeln allein von dieser Konsole: Über Dialer, Server oder Anwendungen daneben sagen sie nichts. Jede wurde versucht, wie ein Angreifer es versuchen würde, mit eigenen Konten, oder sie sagt, dass das nicht geschah; was nicht geprüft wurde, zählt nie als bestanden. Jede Zeile nennt, was versprochen und was gemessen wurde, wie oft es versucht wurde und bis wann das Ergebnis zählt.
security-verify-link = Selbst nachprüfen
security-legend-link = Was die Wörter bedeuten
security-legend-heading = Was die Wörter bedeuten
security-checkpoint = Einträge im Log
security-root = Wurzel-Hash
security-signed = Signiert
security-origin = Log
security-paused = Die Prüfungen pausieren
security-paused-text = Angegebener Grund: { $why }. Solange wird keine Zusage erneuert; jede veraltet, sobald ihre Zeit abgelaufen ist.
security-counts = Zusagen nach Status
security-index = Auf dieser Seite
security-index-proven = nachgewiesen
security-empty-heading = Noch keine Zusage veröffentlicht
security-empty-text = Eine Zusage ist ein Satz über Sicherheit, zusammen mit einer Prüfung, die ihn zu widerlegen versucht. Sie erscheint hier mit ihrem ersten Ergebnis.
security-first-heading = Bitte zuerst lesen
security-first-count =
    { $n ->
        [one] { $n } gilt nicht wie zugesagt oder wurde nicht geprüft
       *[other] { $n } gelten nicht wie zugesagt oder wurden nicht geprüft
    }
security-domain-count = { $proven } von { $total } nachgewiesen
security-shadow = Dies ist ein Schatten
security-shadow-text = Er ist dazu da, verletzt zu werden, und zeigt so, dass eine verletzte Zeile rot wird. Er enthält niemandes Daten.
security-evaluation = Diese Installation ist eine Probe auf einer Maschine
security-evaluation-text = Die Konsole läuft hier über einfaches HTTP und nur auf diesem Rechner; Zeilen zu HTTPS erscheinen deshalb als abweichend. Im Produktivbetrieb gibt es HTTPS, und dieselben Sonden prüfen es dann.
printed-text = Ergebnisse zählen bis zu den genannten Zeiten; was jetzt gilt, steht unter der Adresse.
security-generated = Stand dieser Seite:
legend-word-plane = Diese Konsole
legend-text-plane = Was eine Zeile umfasst: das Programm, das diese Seite zeigt. Über Telefonanlagen, Server oder Anwendungen daneben ist nichts gesagt. Wo es auf Organisationen ankommt, nennt die Zeile, wie viele eingerichtet sind wie die geprüften.
legend-word-probe = Sonde
legend-text-probe = Ein Programm, das versucht, die Zusage zu brechen: immer wieder, zu zufälligen Zeiten, vom selben Rechner aus und durch dieselbe Tür wie alle.
legend-word-canary = Kanarienkonto
legend-text-canary = Ein gewöhnliches Konto mit eigener Organisation, das den Sonden gehört, damit niemandes Daten berührt werden. Es trägt Köder: Zeichen, die nirgends sonst auftauchen dürfen.
legend-word-falsified = Gegenprobe
legend-text-falsified = Dieselbe Sonde lief gegen ein absichtlich gebrochenes System und hat es bemerkt. Ohne das zählt kein Ergebnis.
legend-word-inside = Von innen
legend-text-inside = Manche Zusagen betreffen, was in Dateien und Zeilen liegt. Dafür liest die Sonde auch den Speicher, und die Seite sagt es.
legend-word-p99 = p99
legend-text-p99 = Die Zeit, in der 99 von 100 gemessenen Antworten kamen.
legend-strip = Der Streifen
legend-strip-text = Ein Balken je Tag, 90 Tage, auf dem Telefon 30. Normale Höhe: jeder Versuch wurde abgewehrt. Etwas höher: Gemessen wurde nicht, was zugesagt ist. Am höchsten: Etwas kam durch. Kurz und gepunktet: an diesem Tag nicht geprüft. Eine dünne Linie unten: Die Zeile gab es noch nicht.
legend-ruler = Das Lineal
legend-ruler-text = Von einer Tausendstelsekunde links bis zum Zehnfachen der Zusage rechts, jeder Strich zehnmal so viel wie der vorige. Dick, so weit die Zusage reicht; die Nadel ist der gemessene Wert.
verify-bundle = Alles in einer Datei, zum Nachprüfen ohne Netz.
verify-changes = Was hinzugefügt, umformuliert, abgeschwächt oder zurückgezogen wurde und wann die Prüfungen pausierten.
verify-feed = Jede Statusänderung, als Feed.
verify-badge = Ein Bild für andere Seiten: Wörter und Zeiten, immer in denselben Farben.
verify-schema = Das JSON-Schema von /security.json.
verify-lede = Jedes Ergebnis ist signiert und steht in einem öffentlichen Protokoll; was hier gesagt wurde, lässt sich nicht unbemerkt zurücknehmen. Eine Signatur zeigt, wer es gesagt hat, nicht, dass es stimmt: Dafür vergleichen Sie, rechnen Sie nach und lassen Sie die äußeren Sonden von Ihrem Rechner aus laufen. Ein Konto ist nicht nötig.
verify-commands = Befehl, um diese Seite zu prüfen
verify-json = Diese Seite für Programme: jede Zusage mit Status, Werten und der Adresse ihres Belegs.
verify-checkpoint = Die signierte Größe und Wurzel des Protokolls, als C2SP-Checkpoint (eine „signed note“).
verify-tiles = Das Protokoll selbst als C2SP tlog-tiles: Hash-Kacheln und Einträge, aus denen sich Enthaltensein und Konsistenz ergeben.
verify-evidence = Eine signierte Aussage pro Lauf: ein in-toto-Statement in einem DSSE-Umschlag, benannt nach seinem Hashwert.
verify-keys = Die öffentlichen Schlüssel zu den Signaturen von Checkpoints und Belegen. Bewahren Sie eine Kopie auf: Ein Schlüssel, der sich ohne Ankündigung ändert, ist ein Warnzeichen.
verify-program = Das folgende Programm liegt jedem Vouchsafe bei, auch als eigene Datei. Es endet mit „agrees on every line“ oder nennt, was nicht passt. Andere können selbst eines schreiben: Das Format steht in docs/verify.md des Quelltexts.
verify-single = Was dieses Protokoll nicht zeigen kann
verify-single-text = Dieses Protokoll führt ein einzelner Betreiber: Noch zeichnet niemand von außen die Checkpoints gegen. Manipulationen lassen sich nur im Vergleich mit früheren Kopien erkennen. Bewahren Sie einen Checkpoint auf; dann lässt sich nachweisen, wenn später etwas umgeschrieben wird, das davor lag.
strip-from-far = vor 90 Tagen
strip-from-near = vor 30 Tagen
strip-today = heute

## One claim
promise-idn-09-how-1 = Ein Kanarienkonto meldet sich vier weitere Male an, jedes Mal als anderes Gerät.
promise-idn-09-how-2 = Die Liste der Sitzungen muss jede davon genau einmal zeigen, mit Gerät, Adresse und Zeitpunkt der letzten Nutzung, und keine, die nicht eröffnet wurde.
promise-idn-09-how-3 = Eine davon wird beendet; die Liste darf sie nicht mehr zeigen.
promise-idn-09-not = Wie genau sich eine Adresse verorten lässt: Gezeigt werden Adressen, keine Orte. Ob jemand ein Gerät an seiner Bezeichnung wiedererkennt.
promise-idn-09-broken = Ein Proxy zwischen Sonde und System nimmt die neueste Sitzung aus der Liste.
promise-idn-10-how-1 = Ein Kanarienkonto meldet sich in jeder Runde einmal zusätzlich an, wie es ein anderer Browser täte.
promise-idn-10-how-2 = Die neue Sitzung wird an der API, an einer Seite und an einem Formular ausprobiert: Sie muss eingelassen werden, sonst zählt die Runde nicht.
promise-idn-10-how-3 = Aus seiner ersten Sitzung heraus widerruft das Kanarienkonto die neue.
promise-idn-10-how-4 = Sofort danach wird das Cookie der widerrufenen Sitzung erneut gesendet, je zehnmal an alle drei; jedes Mal, wenn es eingelassen wird, ist das ein Verstoß. Gemessen wird die Zeit von der Antwort auf den Widerruf bis zur ersten Ablehnung.
promise-idn-10-not = Was eine im Browser schon geöffnete Seite zeigt, bis sie wieder benutzt wird. Persönliche Zugriffstoken werden eigens widerrufen und gehören zu keiner Sitzung.
promise-idn-10-broken = Ein Proxy zwischen Sonde und System merkt sich zu jedem Cookie die letzte gute Antwort und gibt sie wieder aus, wenn das System ablehnt: wie ein System, das Sitzungen zwischenspeichert.
promise-idn-15-how-1 = Der gespeicherte Prüfwert jedes Kontos wird von innen gelesen, ebenso der jedes neu angelegten Kontos, das noch auf seine E-Mail wartet.
promise-idn-15-how-2 = Jeder muss argon2id sein, mit mindestens 19 MiB Speicher, zwei Durchgängen und einem Salt von sechzehn Byte; alles andere ist ein Verstoß.
promise-idn-15-not = Was vor dem heutigen Tag gespeichert wurde, in Sicherungen, die anderswo entstanden sind. Wie gut die Passwörter selbst sind. Im Prüfwert eines importierten Kontos steckt bis zur ersten Anmeldung sein älterer Hash.
promise-idn-15-broken = In einem Schatten wird der Prüfwert eines Kontos durch einen nach einem alten Verfahren ersetzt.
promise-idn-18-how-1 = Die Salts aller gespeicherten Prüfwerte werden verglichen: Keine zwei dürfen gleich sein.
promise-idn-18-how-2 = Ein Kanarienkonto übernimmt für einen Moment das Passwort eines anderen; was für die beiden gespeichert ist, muss sich unterscheiden. Dann erhält es sein eigenes Passwort zurück.
promise-idn-18-not = Ob die Zufallsquelle gut ist, abgesehen davon, dass sie sich nicht wiederholt.
promise-idn-18-broken = Ein Schatten führt einen einzigen Prüfwert für alle: Wer ein Passwort setzt, setzt es für alle.
promise-idn-19-how-1 = Ein Kanarienkonto erstellt ein Zugriffstoken.
promise-idn-19-how-2 = Jede Zelle jeder Tabelle, entschlüsselt, und jede Rohdatei des Datenordners, Sicherungen eingeschlossen, wird nach dem Token und seinem geheimen Teil durchsucht. Die Suche muss die Kennung des Tokens finden, sonst ist sie blind und zählt nicht.
promise-idn-19-how-3 = Das Token wird widerrufen.
promise-idn-19-not = Der Arbeitsspeicher des laufenden Programms, Auslagerungsspeicher und Kopien, die von dieser Maschine weggebracht wurden. Andere Organisationen als die der Kanarienkonten werden nicht Zeile für Zeile durchsucht.
promise-idn-19-broken = Ein Proxy gibt als Token aus, was in der Zeile des Tokens steht: wie ein System, das Token im Klartext speichert.
promise-idn-22-how-1 = Eine Anmeldung, die nicht gelingen kann, wird über unverschlüsseltes HTTP an jeden offenen Port geschickt. Keiner darf sie sich auch nur ansehen.
promise-idn-22-how-2 = Die Anmeldeseite muss über unverschlüsseltes HTTP zu HTTPS führen und über HTTPS ein HSTS von einem Jahr mitsenden.
promise-idn-22-not = Was vor diesem Programm steht: Die Ports eines Proxys werden nicht geprüft. Ein Passwort, das in eine unverschlüsselte Seite getippt wurde, ist im Klartext übertragen worden, was immer wir antworten.
promise-idn-22-broken = Ein Proxy nimmt Anmeldungen über unverschlüsseltes HTTP an und gibt ein Cookie ohne Secure aus.
promise-idn-37-how-1 = Jede nicht öffentliche Route aus der programmeigenen Liste wird ohne Anmeldung aufgerufen, mit jeder ihrer Methoden.
promise-idn-37-how-2 = Jede muss ablehnen oder zur Anmeldeseite führen.
promise-idn-37-not = Was die öffentlichen Routen zeigen; sie stehen im API-Dokument und im Quelltext dieser Seite. Die Wählsysteme, Server und Anwendungen neben diesem Programm.
promise-idn-37-broken = Ein Proxy lässt Fremde überall dort ein, wo die API sie abweist.
promise-ten-01-how-1 = Die Datenbank jeder Organisation muss eine eigene Datei sein; zwei Namen derselben Datei gelten als eine.
promise-ten-01-how-2 = Die Datenbanken zweier Kanarienorganisationen werden Zelle für Zelle nach allem durchsucht, was der jeweils anderen gehört. Die Suche muss den eigenen Köder jeder Organisation finden, sonst zählt sie nicht.
promise-ten-01-not = Die Zeilen anderer Organisationen als der Kanarienorganisationen werden nicht gelesen. Daten außerhalb des programmeigenen Speichers: Wählsysteme, Aufzeichnungen, Postfächer.
promise-ten-01-broken = In einem Schatten wird der Köder einer Organisation in die Datenbank der anderen geschrieben.
promise-ten-02-how-1 = Die zweite von zwei Kanarienorganisationen legt hinter jeder Art von Kennung etwas an: eine Sitzung, ein Token, eine Einladung, ein Mitglied.
promise-ten-02-how-2 = Die erste Organisation ruft jede Route, die eine Kennung annimmt, mit denen der zweiten auf, mit jeder Methode und einem Inhalt, der den Berechtigten erlaubt wäre.
promise-ten-02-how-3 = Dann versucht sie andere Schreibweisen des Pfads. Der Köder der zweiten Organisation darf in keiner Antwort stehen.
promise-ten-02-not = Übergriffe, für die zwei Organisationen zusammenarbeiten müssten oder die allein auf Zeitmessung beruhen. Anwendungen hinter dieser Ebene.
promise-ten-02-broken = Ein Proxy beantwortet einen Pfad mit seiner letzten guten Antwort, egal wer fragt: ein Zwischenspeicher, der vergessen hat, für wen sie war.
promise-ten-03-how-1 = Anweisungen, die die eigenen Tabellen einer Organisation verlassen würden, werden auf deren Datenbank so vorbereitet, wie es Code des Programms täte: eine andere Datei, ein anderer Schlüssel, das Schema, Tabellen anderer Organisationen. Jede muss abgelehnt werden.
promise-ten-03-how-2 = Anweisungen für Daten von Organisationen, aber ohne Angabe einer Organisation, werden auf der Datenbank der Plattform vorbereitet, die solche Tabellen nicht hat.
promise-ten-03-not = Dass Code ohne Angabe einer Organisation sich nicht übersetzen lässt, zeigen die Tests beim Bauen, nicht diese Prüfung. Ausgeführt wird nichts: Was abgelehnt wird, wird schon beim Vorbereiten abgelehnt.
promise-ten-03-broken = Dieselben Anweisungen werden in einem Schatten auf einer Verbindung vorbereitet, die niemanden fragt.
promise-ten-05-how-1 = Die Schlüssel aller Organisationen werden verglichen: Keine zwei dürfen gleich sein.
promise-ten-05-how-2 = Eine Kopie der rohen Datenbank einer Kanarienorganisation wird mit dem Schlüssel der anderen und ohne Schlüssel geöffnet; beides darf nicht gelingen, mit dem eigenen muss es gelingen.
promise-ten-05-how-3 = Ein versiegelter Datensatz wird mit dem Schlüssel der anderen und an anderer Stelle geöffnet; beides darf nicht gelingen.
promise-ten-05-not = Datenträger und Maschinen: Verschlüsselt ist, was dieses Programm speichert. Der Arbeitsspeicher des laufenden Programms.
promise-ten-05-broken = In einem Schatten erhalten zwei Organisationen denselben Schlüssel.
promise-ten-06-how-1 = Die Rohdateien des Datenordners, Sicherungen eingeschlossen, werden ohne jeden Schlüssel nach dem Köder, den Adressen und den Passwörtern zweier Kanarienorganisationen durchsucht. Mit dem Schlüssel muss der Köder zu finden sein, sonst zählt die Suche nicht.
promise-ten-06-not = Wer auch den Hauptschlüssel hat. Größen und Zeiten von Dateien, die alle sehen können, die Rechte am Speicher haben.
promise-ten-06-broken = In einem Schatten wird eine Kopie im Klartext neben die Daten gelegt.
promise-aud-20-how-1 = Anweisungen, die Einträge ändern oder entfernen, werden so vorbereitet, wie es Code des Programms täte; jede muss abgelehnt werden.
promise-aud-20-how-2 = Das Protokoll selbst muss so sein, wie es signiert wurde, und jeden seiner Checkpoints, die das öffentliche Protokoll enthält, als Anfang haben.
promise-aud-20-how-3 = Eine Kopie davon wird so verändert, wie es könnte, wer auf den Datenträger schreiben kann: ein Eintrag geändert, entfernt oder ausgetauscht, ein Knoten, das Verzeichnis, oder alles auf einen älteren Stand zurückgesetzt. Die Durchsicht der Kopie muss jede Veränderung finden.
promise-aud-20-not = Wer das Protokoll ändert und auch den Schlüssel hat, mit dem es signiert wird: Das fällt nur im Vergleich mit Checkpoints auf, die andere aufbewahren.
promise-aud-20-broken = In einem Schatten hat, wer das Protokoll ändert, auch dessen Schlüssel und signiert es neu.
promise-edg-09-how-1 = Mit der Sitzung eines Kanarienkontos wird jede Route, die etwas ändert, so aufgerufen, wie es die Seite einer fremden Website täte: mit fremdem Origin, ohne Origin, laut Fetch Metadata von einer fremden Website, von einer Nachbardomain, als reiner Text.
promise-edg-09-how-2 = Jeder Aufruf muss als gefälscht abgelehnt werden. Ein Formular unserer eigenen Seite muss angenommen werden, sonst zählt der Lauf nicht. Ein Lesezugriff muss ein Lesezugriff bleiben, was immer ein Header sagt.
promise-edg-09-not = Browser, die weder Origin noch Fetch Metadata senden; es ist keiner bekannt, der noch gepflegt wird. Skripte auf unseren eigenen Seiten: Davon handelt eine andere Zusage.
promise-edg-09-broken = Ein Proxy lässt jede gefälschte Änderung durch.
promise-edg-12-how-1 = Alte Versionen und schwache Verschlüsselungsverfahren werden dem HTTPS-Port mit handgemachten ersten Nachrichten angeboten: Er muss alle ablehnen.
promise-edg-12-how-2 = Die Anmeldeseite wird über aktuelles TLS abgerufen; sie darf nichts über unverschlüsseltes HTTP laden und muss HSTS mitsenden.
promise-edg-12-not = Wer das Zertifikat ausgestellt hat und ob Browser ihm vertrauen. TLS, das ein Proxy vor diesem Programm spricht.
promise-edg-12-broken = Eine Attrappe nimmt jede Version an, die ihr angeboten wird.
promise-ops-01-how-1 = Jede Zeile dieser Seite wird so gelesen, wie Programme sie lesen. Steht dort „nachgewiesen“, darf ihre Frist nicht abgelaufen sein, und sie muss Versuche und keine Verstöße haben, geprüft von einer Sonde mit bestandener Gegenprobe.
promise-ops-01-how-2 = Zeilen ohne frisches Ergebnis werden gezählt; zugesagt ist, dass es keine gibt.
promise-ops-01-not = Ob überhaupt das Richtige zugesagt wird.
promise-ops-01-broken = Ein Proxy zeigt Zeilen als nachgewiesen, deren Frist abgelaufen ist.
promise-ops-22-how-1 = Die Anforderungen aus OWASP ASVS 5.0.0, auf die sich nachgewiesene Zeilen beziehen, werden gezählt, jede einmal. Eine Zeile zählt nur mit Versuchen.
promise-ops-22-not = Dass eine Anforderung vollständig erfüllt ist: Eine Zeile bezieht sich auf sie und deckt ab, was sie prüft. Anforderungen, die sich nur am Code ablesen lassen.
promise-ops-22-broken = Ein Proxy zeigt nachgewiesene Zeilen ohne einen einzigen Versuch.
promise-ops-68-how-1 = Jede Zeile muss angeben, wann sie formuliert und wann sie nachgewiesen wurde, und genau so lauten wie der neueste Eintrag im öffentlichen Änderungsverzeichnis.
promise-ops-68-not = Ob der Wortlaut gut ist.
promise-ops-68-broken = Ein Proxy formuliert Zeilen um, ohne Eintrag im Verzeichnis.
promise-aud-05-how-1 = Hier wird nichts angegriffen. Einträge können nur auf einem Weg ins Protokoll gelangen: aus den Ausgangsfächern der Dateien, in denen die Änderungen liegen, über eine einzige Stelle, die sie einreiht; ein Test beim Bauen schlägt fehl, wenn es eine zweite gibt.
promise-aud-05-not = Was andere Programme auf derselben Maschine über sich selbst protokollieren.

claim-promised = Zugesagt: { $what }
claim-measured = Gemessen: { $what }
claim-measured-short = Gemessen
claim-ruler = Gegenüber der Zusage
claim-target = Ziel und Abdeckung
claim-attempts = Versuche, Verstöße
claim-tried-at = Zuletzt geprüft
claim-counts-until = Zählt bis
claim-gap-none = bisher einmal geprüft
claim-proved-at = Letzter Nachweis
claim-valid-until = Gültig bis
claim-falsified-at = Gegenprobe bestanden
claim-how-summary = Wie geprüft wird, was nicht erfasst ist
claim-does-not-show = Nicht erfasst:
claim-can-fail = Selbst geprüft. Die Sonde bestand ihre Gegenprobe am
claim-not-falsified = Die Sonde hat noch keine Gegenprobe bestanden. Bis dahin kann dies nicht als nachgewiesen gelten.
claim-more = { $id } vollständig, mit Verlauf
claim-evidence-link = Letzter Beleg
claim-runs-heading = Alle Läufe
claim-runs-empty = Noch nicht geprüft.
claim-run-at = Zeit
claim-run-outcome = Ergebnis
claim-run-attempts = Versuche
claim-run-violations = Verstöße
claim-run-p99 = Gemessen
claim-how-heading = Wie geprüft wird
claim-fail-heading = Woher wir wissen, dass der Test scheitern kann
claim-fail-text = Ein Test, der nicht scheitern kann, weist nichts nach. Jede Woche und nach jeder Änderung läuft derselbe Test gegen ein absichtlich beschädigtes System, nie gegen das echte, und muss den Fehler bemerken.
claim-fail-empty = Für diese Sonde noch nicht geschehen.
claim-fail-found = Versuche: { $attempts }. Gefundene Verstöße: { $violations }.
claim-scope-heading = Was dies abdeckt
claim-vantage = Blickpunkt
claim-probe = Sonde
claim-assurance = Gewähr
assurance-self-tested = selbst geprüft: eigene Sonde des Betreibers, Ergebnisse signiert
assurance-attested = bescheinigt: Ein Dokument besagt es
assurance-none = keine
claim-interval = Ein Nachweis gilt für
claim-gap = Längste Zeit zwischen zwei Läufen
claim-worded-at = Wortlaut vom
claim-asvs = Bezug zu OWASP ASVS 5.0.0
claim-seeds = Versprochen auf veröffentlichten Seiten (Seite:Zeile)
claim-changes-heading = Was sich geändert hat
claim-share = Gehalten wie versprochen an { $share } der Tage seit dem ersten Versuch ({ $days }); nicht geprüfte Tage zählen dagegen.
claim-chart = Die letzten Läufe, älteste zuerst; die gestrichelte Linie ist die Zusage.
claim-rhythm = Geprüft zu zufälligen Zeiten, Zeitraum: { $interval }; längste Zeit zwischen zwei Läufen: { $gap }.
claim-falsification-link = Beleg der Gegenprobe
claim-evidence = Beleg
claim-evidence-text = Das signierte Ergebnis des letzten Laufs, Wort für Wort wie im Protokoll.
claim-evidence-latest = Neuester Beleg
claim-evidence-none = Es gibt noch keinen.
claim-evidence-open = Öffnen
claim-verify-link = So prüfen Sie es selbst

## Proofs (operator)
posture-title = Nachweise
posture-lede = Was geprüft wird, wie es ausging und wann es wieder geprüft wird. Ihre Kundschaft sieht dasselbe auf der Sicherheitsseite.
posture-run = Alle jetzt prüfen
posture-pause = Anhalten…
posture-resume = Prüfung fortsetzen
posture-paused = Die Prüfung ist angehalten
posture-paused-text = Angegebener Grund: { $why }. Es wird nichts geprüft, bis Sie fortsetzen. Zusagen veralten, wenn ihre Frist abläuft, und die Sicherheitsseite nennt den Grund.
posture-pause-heading = Alle Prüfungen anhalten?
posture-pause-text = Gedacht für den Fall, dass eine Sonde Schaden anrichtet. Die Sicherheitsseite zeigt die Unterbrechung mit ihrem Grund, und die Zusagen veralten nach und nach.
posture-pause-yes = Prüfung anhalten
posture-why = Grund, öffentlich sichtbar
posture-figures = Kennzahlen
posture-claims = Zusagen
posture-canaries = Kanarienkonten derzeit
posture-share = Aufwand der letzten Stunde, Anteil eines Kerns
posture-residue = Von Sonden hinterlassen
posture-next = Nächster Lauf vor
posture-next-none = keiner geplant
posture-claim = Zusage
posture-state = Zustand
posture-scroll = Zusagen, seitlich verschiebbar

catalogue-lede = { $published } von { $total } Zusagen sind veröffentlicht. Was nicht gebaut ist, lässt sich nicht veröffentlichen.
catalogue-published = Veröffentlicht
admin-claim-now = Aktueller Stand
admin-claim-run = Jetzt prüfen
admin-claim-falsify = Gegenprobe starten
admin-claim-publish-heading = Auf der öffentlichen Seite
admin-claim-publish-text = Jede Änderung hier ist ein Eintrag im öffentlichen Änderungsverzeichnis: Ein schwächerer Wert wird dort auch so genannt.
admin-claim-publish = Veröffentlichen
admin-claim-change = Werte ändern
admin-claim-pause-why = Grund für das Anhalten dieser Zeile, öffentlich sichtbar
admin-claim-pause = Zeile anhalten
admin-claim-withdraw-why = Grund für das Zurückziehen dieser Zeile, öffentlich sichtbar
admin-claim-withdraw = Zurückziehen
admin-claim-not-built = Hinter dieser Zusage steht in dieser Version nichts, daher lässt sie sich nicht veröffentlichen.
publication-none = nicht veröffentlicht
publication-published = veröffentlicht
publication-paused = veröffentlicht, Prüfung angehalten
publication-withdrawn = zurückgezogen
attest-heading = Dokumente
attest-text = Für alles, was keine Sonde zeigen kann. Die Seite nennt Aussteller, Geltungsbereich und Ablauf und sagt „bescheinigt“, nie „nachgewiesen“. Eine zweite Person muss das Dokument freigeben.
attest-issuer = Ausgestellt von
attest-scope = Was es abdeckt
attest-document = SHA-256 des Dokuments
attest-from = In Kraft ab
attest-until = In Kraft bis
attest-submit = Aufnehmen
attest-approve = Freigeben
attest-withdraw = Zurücknehmen
attest-second-person = Wartet auf eine zweite Person: Aufgenommen haben Sie es.
attest-dates = In Kraft ab { $from } bis { $until }.
attest-received = Aufgenommen: { $at }.
attest-approved-by = Freigegeben von { $who }.
error-claim-not-built = Hinter dieser Zusage steht in dieser Version nichts.
error-figure-invalid = Das ist kein gültiger Wert.
error-claim-not-attestable = Das kann kein Dokument bescheinigen: Es wird geprüft.
error-attestation-text = Aussteller und Geltungsbereich brauchen je eine Zeile mit höchstens 200 Zeichen.
error-attestation-document = Das ist kein SHA-256: 64 hexadezimale Ziffern.
error-attestation-dates = Das Ende muss nach dem Beginn und in der Zukunft liegen.
error-second-person = Was Sie aufgenommen haben, muss jemand anderes freigeben.
error-date-invalid = Das ist kein Datum.

## Changes of the security page
changes-heading = Was sich auf der Sicherheitsseite geändert hat
changes-lede = Wird eine Zeile hinzugefügt, umformuliert, abgeschwächt oder zurückgezogen, ist das ein Eintrag in demselben signierten Protokoll wie die Nachweise. Aus dieser Liste verschwindet nichts.
changes-list = Änderungen, neueste zuerst
changes-at = Wann
changes-what = Was
changes-leaf = Eintrag
changes-older = Ältere
changes-feed = Als Feed, mit jedem Wechsel des Zustands
changes-link = Alle Änderungen
changes-empty-heading = Noch hat sich nichts geändert
changes-empty-text = Die ersten Einträge kommen, wenn die ersten Zeilen veröffentlicht werden.
change-added = Hinzugefügt
change-reworded = Umformuliert
change-weakened = Abgeschwächt
change-tightened = Verschärft
change-withdrawn = Zurückgezogen
change-paused = Prüfung angehalten
change-resumed = Prüfung fortgesetzt
change-published-again = Wieder veröffentlicht
change-state = { $before } → { $now }
change-first-state = Erstmals gesehen: { $now }
change-attestation-approved = Dokument freigegeben
change-attestation-withdrawn = Dokument zurückgenommen
change-lever-paused = Alle Prüfungen angehalten
change-lever-released = Alle Prüfungen fortgesetzt
feed-title = Sicherheit von { $product }

## Mail and jobs (operator)
jobs-title = E-Mails und Aufträge
jobs-lede = Arbeit, die später erledigt wird: E-Mails, die zu senden, und Konten, die anzulegen sind. Was scheitert, wird erneut versucht, jedes Mal mit größerem Abstand.
jobs-figures = Zahlen
jobs-waiting = Wartend
jobs-failed = Aufgegeben
jobs-list = Aufträge
jobs-kind = Auftrag
jobs-state = Stand
jobs-attempts = Versuche
jobs-due = Fällig
jobs-place = Abgelegt in
jobs-done = Erledigt
jobs-gave-up = Aufgegeben
jobs-running = Läuft
jobs-queued = Wartend
jobs-empty-heading = Nichts wartet
jobs-empty-text = Alle E-Mails sind übergeben und alle Aufträge erledigt. Was als Nächstes kommt, steht hier, bis es fertig ist.

## Mail kept here (evaluation)
mail-box-title = Hier abgelegte E-Mails
mail-box-lede = Im Probebetrieb verlässt keine E-Mail diesen Rechner. Hier steht alles, was gesendet worden wäre, das Neueste zuerst. Nur dieser Rechner kann diese Seite öffnen.
mail-box-to = An { $to }
mail-box-recipient = An
mail-box-at = Verfasst
mail-box-links = Links darin
mail-box-plain = Als reiner Text
mail-box-html = Wie im E-Mail-Programm
mail-box-empty-heading = Noch keine E-Mails
mail-box-empty-text = Legen Sie ein Konto an, laden Sie jemanden ein oder setzen Sie ein Passwort zurück: Die Nachricht erscheint hier.

## Problems
problem-error = Fehler { $status }
problem-retry = Erneut versuchen
problem-quote = Wenn es wieder passiert, nennen Sie dem Betreiber dieses Dienstes diese Nummer. Damit lässt sich genau diese Anfrage finden.
problem-trace = Nummer für Rückfragen
problem-programs = Für Programme
problem-json = Problem als JSON
problem-doc-meaning = Was geschehen ist
problem-doc-do = Was zu tun ist
problem-doc-type = Typ dieses Problems
problem-doc-type-text = Programme finden diese Adresse im Feld „type“ einer Antwort mit dem Medientyp application/problem+json. Sie bleibt immer gleich, damit sich Probleme unterscheiden lassen.
problem-doc-api = Zur API
problem-heading-400 = Die Anfrage war nicht lesbar
problem-detail-400 = Etwas darin ist fehlerhaft, deshalb wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und senden Sie die Anfrage noch einmal.
problem-heading-401 = Bitte zuerst anmelden
problem-detail-401 = Dafür ist ein Konto nötig, und diese Anfrage kam ohne gültige Sitzung und ohne gültiges Token. Es wurde nichts geändert. Melden Sie sich an und versuchen Sie es dann erneut.
problem-heading-403 = Das dürfen Sie nicht
problem-detail-403 = Ihre Rolle oder die Herkunft dieser Anfrage lässt es nicht zu, und es wurde nichts geändert. Wer in der Organisation die Rolle „Inhaber“ hat, kann Ihre Rolle ändern.
problem-heading-404 = Hier ist nichts
problem-detail-404 = Die Adresse stimmt nicht, das Gesuchte gibt es nicht mehr oder es ist nicht für Sie bestimmt. Es wurde nichts geändert. Prüfen Sie die Adresse oder beginnen Sie bei der Übersicht.
problem-heading-405 = Das nimmt diese Adresse nicht an
problem-detail-405 = Die Seite gibt es, aber nicht für diese Art von Anfrage. Es wurde nichts geändert. Gehen Sie zurück und nutzen Sie die Links und Schaltflächen der Seite.
problem-heading-408 = Das hat zu lange gedauert
problem-detail-408 = Die Anfrage war nicht rechtzeitig vollständig, und der Dienst wartet nicht länger. Sehen Sie nach, ob Ihre Änderung angekommen ist; wenn nicht, senden Sie sie noch einmal.
problem-heading-409 = Etwas anderes kam zuvor
problem-detail-409 = Das Betroffene wurde inzwischen geändert oder ist schon vorhanden. Ihre Änderung wurde nicht ausgeführt. Laden Sie die Seite neu, sehen Sie sich den Stand an und entscheiden Sie dann.
problem-heading-410 = Dieser Link gilt nicht mehr
problem-detail-410 = Er wurde schon benutzt, zurückgezogen oder ist abgelaufen. Es wurde nichts geändert. Fordern Sie einen neuen an.
problem-heading-413 = Das ist zu groß
problem-detail-413 = Die Anfrage ist größer, als diese Adresse zulässt. Deshalb wurde nichts davon behalten. Verkleinern Sie sie und senden Sie sie dann noch einmal.
problem-heading-415 = Das ist die falsche Art
problem-detail-415 = Die Anfrage hat ein Format, das diese Adresse nicht liest. Es wurde nichts geändert. Senden Sie sie in dem Format, das die API-Seite nennt.
problem-heading-421 = Dieser Dienst heißt anders
problem-detail-421 = Die Adresse, die Sie benutzt haben, gehört nicht zu diesem Dienst. Es wurde nichts geändert. Nehmen Sie die Adresse, die Sie vom Betreiber haben.
problem-heading-422 = Etwas darin stimmt nicht
problem-detail-422 = Die Anfrage wurde gelesen, aber ein Wert darin ist nicht brauchbar. Es wurde nichts geändert. Gehen Sie zurück, berichtigen Sie den Wert und senden Sie die Anfrage noch einmal.
problem-heading-429 = Zu viele Versuche
problem-detail-429 = Von hier kamen mehr Anfragen als erlaubt. Es wurde nichts geändert und nichts gesperrt. Warten Sie eine Minute und versuchen Sie es dann erneut.
problem-heading-500 = Bei uns ist etwas schiefgegangen
problem-detail-500 = Ihre Änderung wurde nicht ausgeführt, und nichts ging verloren. Sie können es gefahrlos noch einmal versuchen.
problem-heading-503 = Gerade nicht bereit
problem-detail-503 = Der Dienst startet, wird gerade beendet oder ist stark ausgelastet. Nichts ging verloren. Warten Sie einige Sekunden und versuchen Sie es dann erneut.

## API page
api-heading = API
api-lede =
    { $n ->
        [one] { $n } Operation,
       *[other] { $n } Operationen,
    }
api-text = jede mit einer Operations-ID, die gleich bleibt. Pfade können sich ändern: Entnehmen Sie sie dem Dokument.
api-document = OpenAPI-Dokument
api-token = Ihre Zugriffstoken
api-index = Auf dieser Seite
api-count =
    { $n ->
        [one] { $n } Operation
       *[other] { $n } Operationen
    }
api-operation = Operations-ID
api-auth = Nötig
api-answer = Antwort { $status }
api-curl = Befehl für { $operation }
api-schema = Schema von { $operation }
api-request = Inhalt der Anfrage, als Schema
api-conventions = Regeln für alle Aufrufe
api-c-token = Anmeldung
api-c-token-text = Programme senden „Authorization: Bearer“ mit einem Zugriffstoken. Token stehen nie in einer Adresse.
api-c-problem = Probleme
api-c-problem-text = Fehler sind application/problem+json nach RFC 9457: type, title, status, detail, instance und trace. Der type führt zu einer Seite, die ihn erklärt.
api-c-page = Listen
api-c-page-text = Listen kommen seitenweise: items und next mit dem Cursor der folgenden Seite.
api-c-time = Zeiten und IDs
api-c-time-text = Zeiten folgen RFC 3339, in UTC. IDs sind Zeichenketten mit einer Vorsilbe, die sagt, was sie benennen.

## Mail
mail-greeting = Guten Tag { $name },
mail-greeting-plain = Guten Tag,
mail-confirm-subject = Bestätigen Sie Ihre Adresse für { $product }
mail-confirm-heading = Bestätigen Sie Ihre Adresse
mail-confirm-line = Sie möchten ein Konto bei { $product } anlegen. Bestätigen Sie innerhalb von 24 Stunden über den Link, dass diese Adresse Ihnen gehört. Er gilt einmal.
mail-confirm-action = Adresse bestätigen
mail-confirm-end = Das waren nicht Sie? Dann brauchen Sie nichts zu tun: Ohne den Link entsteht kein Konto.
mail-known-subject = Sie haben schon ein Konto bei { $product }
mail-known-heading = Sie haben schon ein Konto
mail-known-line = Jemand, wahrscheinlich Sie, wollte mit dieser Adresse ein neues Konto bei { $product } anlegen. Es gibt schon eines, deshalb wurde nichts geändert. Melden Sie sich an oder setzen Sie das Passwort zurück, falls Sie es nicht mehr wissen.
mail-known-action = Zur Anmeldung
mail-known-end = Das waren nicht Sie? Dann brauchen Sie nichts zu tun: Niemand hat Zugang bekommen, und niemand hat erfahren, dass es das Konto gibt.
mail-reset-subject = Neues Passwort für { $product } festlegen
mail-reset-heading = Neues Passwort festlegen
mail-reset-line = Jemand, wahrscheinlich Sie, möchte das Passwort Ihres Kontos bei { $product } zurücksetzen. Der Link gilt einmal, 30 Minuten lang. Bis dahin bleibt das alte Passwort.
mail-reset-action = Neues Passwort festlegen
mail-reset-end = Das waren nicht Sie? Dann brauchen Sie nichts zu tun: Ohne den Link bleibt Ihr Passwort, wie es ist.
mail-reset-by-operator-subject = Ein Link für ein neues Passwort bei { $product }
mail-reset-by-operator-heading = Neues Passwort festlegen
mail-reset-by-operator-line = Der Betreiber von { $product } hat Ihnen diesen Link gesendet, damit Sie ein neues Passwort festlegen können. Selbst sehen oder festlegen kann der Betreiber es nicht. Der Link gilt einmal, 30 Minuten lang. Bis dahin bleibt das alte Passwort.
mail-reset-by-operator-action = Neues Passwort festlegen
mail-reset-by-operator-end = Sie haben nicht darum gebeten? Dann benutzen Sie den Link nicht und fragen Sie den Betreiber, warum er gesendet wurde.
mail-invite-subject = { $inviter } lädt Sie zu { $tenant } ein
mail-invite-heading = Einladung zu { $tenant }
mail-invite-line = { $inviter } lädt Sie zu { $tenant } bei { $product } ein, mit der Rolle { $role }. Der Link gilt einmal und läuft nach sieben Tagen ab.
mail-invite-action = Einladung ansehen
mail-invite-end = Sie wissen nicht, wer das ist? Dann brauchen Sie nichts zu tun: Ohne den Link geschieht nichts.
mail-password-changed-subject = Ihr Passwort bei { $product } wurde geändert
mail-password-changed-heading = Ihr Passwort wurde geändert
mail-password-changed-line = Das Passwort Ihres Kontos bei { $product } wurde soeben geändert, und Ihre anderen Sitzungen wurden abgemeldet. Wenn Sie das waren, brauchen Sie nichts zu tun. Wenn nicht, legen Sie sofort ein neues Passwort fest: Der Link führt dorthin.
mail-password-changed-end = Sie erhalten diese E-Mail, weil sich Warnungen zu Ihrem Passwort nicht abschalten lassen. Wir fragen nie per E-Mail nach einem Passwort.
mail-test-subject = Testnachricht von { $product }
mail-test-heading = E-Mails kommen an
mail-test-line = Diese Nachricht wurde aus der Einrichtung von { $product } gesendet. Einladungen und Warnungen kommen auf demselben Weg.
mail-test-action = Konsole öffnen
mail-test-end = Gesendet, weil jemand in der Einrichtung auf „Test senden“ gedrückt hat.

# Refusals of limits
error-token-many = Sie haben zu viele Token, die noch gelten. Widerrufen Sie einige, die Sie nicht mehr brauchen, und versuchen Sie es dann erneut.
error-organisation-many = Sie sind Inhaber von so vielen Organisationen, wie ein Konto haben darf. Wenden Sie sich an den Betreiber, wenn Sie mehr brauchen.
error-invitation-many = Zu viele Einladungen dieser Organisation sind noch offen. Ziehen Sie einige zurück und versuchen Sie es dann erneut.
error-region-unknown = Diese Installation hat nur die Region „local“.

# Claims
target-plane = diese Konsole, { $environment }; { $covered } von { $of } Organisationen haben dieselben Einstellungen wie die geprüften
target-plane-alone = diese Konsole, { $environment }
environment-real = die laufende
environment-shadow = ein Schatten: dieses Programm mit diesen Einstellungen auf einem leeren Ordner, nicht das laufende
vantage-loopback = vom selben Rechner aus, über den öffentlichen Zugang
vantage-inside = vom selben Rechner aus, über den öffentlichen Zugang, und von innen: Dateien und Datenzeilen
vantage-none = von nirgends: Es gab keinen Versuch
outcome-short = Nicht wie zugesagt
outcome-held = Eingehalten
outcome-violated = Verletzt
outcome-unable = Nicht prüfbar
strip-words = Letzte 90 Tage: { $held } eingehalten, { $short } nicht wie zugesagt, { $violated } verletzt, { $unchecked } nicht geprüft, { $unpublished } noch nicht veröffentlicht

# Organisation settings
tenant-cipher = SQLCipher { $version }, mit eigener Datei und eigenem Schlüssel

# The recovery kit as a file
setup-kit-file =
    Wiederherstellungssatz von { $product } (Installation { $installation })
    Diese 24 Wörter sind der Hauptschlüssel. Bewahren Sie sie getrennt vom Rechner und von seinen Sicherungen auf.
    So stellen Sie die Schlüsseldatei wieder her: vouchsafe recover-key

# What the audit log says, in words
event-account-language-changed = Sprache gewählt
event-account-name-changed = Name geändert
event-account-opened = Konto angelegt
event-account-password-changed = Passwort geändert
event-account-password-reset = Passwort über einen Link neu festgelegt
event-account-reset-link-sent = Link für ein neues Passwort gesendet
event-platform-kit-shown = Wiederherstellungssatz angezeigt
event-account-sign-up-of-known-address = Neues Konto verlangt, Adresse hat schon eines
event-account-sign-up-requested = Konto verlangt
event-audit-exported = Prüfprotokoll exportiert
event-invitation-revoked = Einladung zurückgezogen
event-member-invited = Person eingeladen
event-member-joined = Einer Organisation beigetreten
event-member-removed = Mitglied entfernt
event-member-role-changed = Rolle geändert
event-platform-brand-changed = Name oder Farbe der Plattform geändert
event-platform-kit-confirmed = Wiederherstellungssatz bestätigt
event-platform-logo-changed = Logo geändert
event-platform-mail-tested = Test-E-Mail gesendet
event-platform-set-up = Plattform eingerichtet
event-posture-attestation-approved = Dokument freigegeben
event-posture-attestation-received = Dokument eingegangen
event-posture-attestation-withdrawn = Dokument zurückgenommen
event-posture-claim-changed = Zusage veröffentlicht
event-posture-claim-paused = Zusage angehalten
event-posture-claim-withdrawn = Zusage zurückgezogen
event-posture-paused = Nachweise angehalten
event-posture-resumed = Nachweise fortgesetzt
event-posture-run-requested = Nachweise angefordert
event-session-ended = Abgemeldet
event-session-opened = Angemeldet
event-session-refused = Anmeldung abgewiesen
event-session-revoked = Sitzung abgemeldet
event-tenant-created = Organisation gegründet
event-tenant-profile-changed = Einstellungen der Organisation geändert
event-tenant-renamed = Organisation umbenannt
event-token-created = Zugriffstoken erstellt
event-token-revoked = Zugriffstoken widerrufen

# Who may call an operation
api-auth-open = Keine Anmeldung nötig
api-auth-person = Eine angemeldete Person: Sitzungs-Cookie oder Zugriffstoken
api-auth-staff = Eine angemeldete Person aus dem Betriebspersonal der Plattform

# Problems (RFC 9457), by domain and name: heading, what it means, what to do

problem-identity-link-gone = Der Link gilt nicht mehr
problem-identity-link-gone-meaning = Der Link, mit dem eine Adresse bestätigt oder ein neues Passwort festgelegt wird, wurde schon benutzt, durch einen neueren ersetzt, ist abgelaufen oder hat nie existiert. Das wird nicht unterschieden. Links zum Bestätigen einer Adresse gelten einen Tag, Links zum Festlegen eines Passworts eine halbe Stunde, und jeder gilt nur einmal.
problem-identity-link-gone-help = Fordern Sie einen neuen Link an: auf der Seite für vergessene Passwörter oder indem Sie noch einmal ein Konto anlegen. Wenn Sie die Adresse schon bestätigt haben, melden Sie sich einfach an.
problem-identity-sign-up-closed = Konten gibt es nur auf Einladung
problem-identity-sign-up-closed-meaning = In dieser Installation kann niemand selbst ein Konto anlegen. Es wurde kein Konto angelegt.
problem-identity-sign-up-closed-help = Bitten Sie einen Inhaber einer Organisation hier um eine Einladung: Über den Link in der E-Mail wird das Konto angelegt. Wenn Sie den Dienst betreiben und es anders möchten, setzen Sie open = true unter [sign_up] in der Konfiguration und starten Sie neu.
problem-identity-wrong-credentials = Adresse und Passwort passen nicht
problem-identity-wrong-credentials-meaning = Adresse und Passwort zusammen öffnen hier kein Konto. Welches von beiden falsch ist, wird nicht verraten, damit niemand herausfinden kann, wer ein Konto hat.
problem-identity-wrong-credentials-help = Prüfen Sie beides auf Tippfehler. Wenn Sie das Passwort vergessen haben, fordern Sie einen Link an, um ein neues festzulegen.
problem-kernel-bad-request = Die Anfrage war nicht lesbar
problem-kernel-bad-request-meaning = Etwas in der Anfrage ist fehlerhaft: ungültiges JSON, Text, der kein UTF-8 ist, eine abgebrochene Übertragung, ein unbekanntes Wort in der Abfrage oder ein Header Host, der fehlt oder doppelt vorkommt. Es wurde nichts geändert. Das Feld detail nennt, falls vorhanden, die Art des Fehlers und wiederholt nie, was gesendet wurde.
problem-kernel-bad-request-help = Vergleichen Sie die Anfrage mit dem API-Dokument, berichtigen Sie sie und senden Sie sie noch einmal. Auf einer Seite gehen Sie zurück, laden sie neu und senden das Formular noch einmal.
problem-kernel-cross-site = Die Anfrage kommt von einer anderen Website
problem-kernel-cross-site-meaning = Ein Browser hat gemeldet, dass diese Anfrage von einer Seite einer anderen Website ausging (Sec-Fetch-Site oder Origin). Solche Anfragen dürfen hier nichts ändern, gleich wer angemeldet ist. Es wurde nichts geändert.
problem-kernel-cross-site-help = Öffnen Sie die Konsole selbst und erledigen Sie es dort. Wenn Sie das in der Konsole gesehen haben, weicht ihre Adresse im Browser von der ab, die beim Dienst ankommt: Ein Proxy dazwischen muss den Header Host unverändert weitergeben. Programme lassen Origin und Sec-Fetch-Site weg.
problem-kernel-disk-full = Der Datenträger ist voll
problem-kernel-disk-full-meaning = Der Dienst konnte nicht schreiben, weil auf seinem Datenträger kein Platz mehr ist. Die Änderung wurde nicht ausgeführt, und was vorher gespeichert war, ist noch da. Der Header Retry-After sagt, wann ein neuer Versuch sinnvoll ist.
problem-kernel-disk-full-help = Wenn Sie den Dienst betreiben, schaffen Sie Platz auf dem Datenträger mit dem Datenordner; ein Neustart ist nicht nötig. Wenn nicht, geben Sie dem Betreiber Bescheid und versuchen Sie es später erneut.
problem-kernel-forbidden = Das dürfen Sie nicht
problem-kernel-forbidden-meaning = Sie sind angemeldet, und was Sie wollten, gibt es, aber Ihre Rolle lässt es nicht zu. Es wurde nichts geändert.
problem-kernel-forbidden-help = Sehen Sie in der Tabelle der Rollen auf der Teamseite der Organisation nach. Wer dort die Rolle „Inhaber“ hat, kann Ihre Rolle ändern oder es für Sie erledigen.
problem-kernel-internal = Bei uns ist etwas schiefgegangen
problem-kernel-internal-meaning = Der Dienst traf auf einen Zustand, mit dem er nicht gerechnet hat: ein Fehler im Programm oder beschädigte Daten. Der Grund steht im eigenen Protokoll des Dienstes und wird hier nicht gezeigt.
problem-kernel-internal-help = Sehen Sie nach, ob die Änderung ausgeführt wurde, bevor Sie sie noch einmal senden; eine einzelne Änderung an den Daten wird immer ganz oder gar nicht ausgeführt. Wenn es wieder passiert, nennen Sie dem Betreiber die Uhrzeit und die Nummer in trace.
problem-kernel-invalid = Ein Wert wurde abgelehnt
problem-kernel-invalid-meaning = Die Anfrage wurde gelesen, aber mindestens ein Wert darin ist nicht brauchbar: Er fehlt, ist zu kurz, zu lang, hat die falsche Form oder ist dieser Adresse unbekannt. Es wurde nichts geändert. Die Liste errors nennt, falls vorhanden, jedes abgelehnte Feld und den Grund.
problem-kernel-invalid-help = Berichtigen Sie die genannten Felder und senden Sie die Anfrage noch einmal. Das API-Dokument sagt, welche Felder eine Operation annimmt; ein Feld, das es nicht nennt, wird ebenfalls abgelehnt.
problem-kernel-method-not-allowed = Diese Adresse nimmt die Methode nicht an
problem-kernel-method-not-allowed-meaning = Die Adresse gibt es, aber nicht für die HTTP-Methode dieser Anfrage. Es wurde nichts geändert. Der Header Allow nennt die Methoden, die sie annimmt.
problem-kernel-method-not-allowed-help = Nehmen Sie eine der Methoden in Allow. Das API-Dokument nennt die Methode jeder Operation.
problem-kernel-misdirected = Dieser Dienst heißt anders
problem-kernel-misdirected-meaning = Die Anfrage nannte einen Host, auf den dieser Dienst nicht antwortet. Ein Probebetrieb antwortet auf localhost, 127.0.0.1 und [::1], ein Dienst im Echtbetrieb auf den Host seines eingestellten origin. So kann sich keine fremde Seite als eine von unseren ausgeben.
problem-kernel-misdirected-help = Nehmen Sie die Adresse, die der Dienst beim Start ausgegeben hat oder die Sie vom Betreiber haben. Hinter einem Proxy muss dieser den Header Host unverändert weitergeben; setzen Sie dann in der Konfiguration `origin` auf die Adresse, die im Browser eingegeben wird.
problem-kernel-not-found = Hier ist nichts
problem-kernel-not-found-meaning = Die Adresse stimmt nicht, das Gesuchte gibt es nicht mehr oder Sie dürfen nicht davon wissen. Alle drei bekommen dieselbe Antwort, damit niemand daraus erfährt, was es gibt. Es wurde nichts geändert.
problem-kernel-not-found-help = Prüfen Sie die Adresse und die Kennung darin. Wenn das Gesuchte zu einer Organisation gehört, melden Sie sich mit einem Konto an, das dort Mitglied ist; der Betreiberbereich antwortet so allen, die die Plattform nicht betreiben.
problem-kernel-not-signed-in = Bitte zuerst anmelden
problem-kernel-not-signed-in-meaning = Dafür ist ein Konto nötig, und die Anfrage kam ohne gültige Sitzung und ohne gültiges Zugriffstoken. Die Sitzung kann abgelaufen, widerrufen oder abgemeldet sein, das Token vertippt, widerrufen oder abgelaufen. Es wurde nichts geändert.
problem-kernel-not-signed-in-help = Personen melden sich neu an. Programme senden Authorization: Bearer mit einem Zugriffstoken von der Seite der Zugriffstoken; ist das alte abgelaufen, erstellen Sie ein neues.
problem-kernel-overloaded = Gerade ausgelastet
problem-kernel-overloaded-meaning = Es wartet mehr Arbeit, als der Dienst annimmt: Passwörter, die zu prüfen, oder Änderungen, die zu schreiben sind. Die Anfrage wurde sofort abgewiesen, statt sie warten zu lassen, und die Änderung wurde nicht ausgeführt. Der Header Retry-After sagt, nach wie vielen Sekunden Sie es erneut versuchen können.
problem-kernel-overloaded-help = Warten Sie so lange, wie Retry-After sagt, und senden Sie die Anfrage dann noch einmal. Das ist gefahrlos.
problem-kernel-too-large = Das ist zu groß
problem-kernel-too-large-meaning = Der Inhalt der Anfrage ist größer, als diese Adresse zulässt: 64 KiB, und etwas mehr als 128 KiB, wo ein Logo hochgeladen wird. Nichts davon wurde behalten.
problem-kernel-too-large-help = Senden Sie weniger. Wenn es ein Logo ist, speichern Sie es als PNG oder WebP mit höchstens 128 KiB.
problem-kernel-too-many-requests = Zu viele Anfragen
problem-kernel-too-many-requests-meaning = Von dieser Adresse, bei IPv6 aus ihrem Netz, kamen mehr Anfragen, als in einer Minute erlaubt sind. Nichts wurde geändert, und kein Konto ist gesperrt. Der Header RateLimit sagt, wie viele übrig sind, und Retry-After, wann Sie es wieder versuchen können.
problem-kernel-too-many-requests-help = Warten Sie eine Minute, senden Sie die Anfrage dann noch einmal, und senden Sie weniger auf einmal.
problem-kernel-too-slow = Die Anfrage hat zu lange gedauert
problem-kernel-too-slow-meaning = Die Anfrage samt ihrem Inhalt war nach 30 Sekunden nicht fertig, und der Dienst wartet nicht länger darauf. Eine Änderung, die bis dahin schon zum Schreiben übergeben war, kann trotzdem ausgeführt worden sein.
problem-kernel-too-slow-help = Sehen Sie nach, ob die Änderung ausgeführt wurde. Wenn nicht, senden Sie die Anfrage noch einmal, über eine schnellere Verbindung, falls der Inhalt so lange gebraucht hat.
problem-kernel-two-principals = Zwei Konten in einer Anfrage
problem-kernel-two-principals-meaning = Die Anfrage trägt das Sitzungs-Cookie eines Kontos und das Zugriffstoken eines anderen. Keines von beiden darf stillschweigend gewinnen, deshalb wurde nichts getan.
problem-kernel-two-principals-help = Senden Sie nur eines von beiden: das Cookie für Personen, das Token für Programme.
problem-kernel-unsupported-media-type = Das ist die falsche Art
problem-kernel-unsupported-media-type-meaning = Der Header Content-Type fehlt oder nennt ein Format, das diese Adresse nicht liest. Es wurde nichts geändert.
problem-kernel-unsupported-media-type-help = Die JSON-API liest application/json. Seiten lesen Formulare (application/x-www-form-urlencoded), und beim Hochladen eines Logos gilt multipart/form-data. Nennen Sie das Format in Content-Type und senden Sie die Anfrage noch einmal.
problem-tenancy-last-owner = Ein Inhaber muss bleiben
problem-tenancy-last-owner-meaning = Mit der Änderung hätte die Organisation keinen Inhaber mehr, und es gibt immer mindestens einen. Es wurde nichts geändert.
problem-tenancy-last-owner-help = Geben Sie zuerst einem anderen Mitglied die Rolle „Inhaber“. Danach können Sie die Rolle dieses Mitglieds ändern oder es entfernen.
problem-tenancy-link-gone = Der Link gilt nicht mehr
problem-tenancy-link-gone-meaning = Die Einladung oder der Einrichtungslink wurde schon benutzt, zurückgezogen oder ersetzt, ist abgelaufen oder hat nie existiert. Das wird nicht unterschieden. Eine Einladung gilt einmal und sieben Tage lang, ein Einrichtungslink einmal und eine halbe Stunde.
problem-tenancy-link-gone-help = Wenn es eine Einladung war, bitten Sie die Person, die Sie eingeladen hat, um eine neue; wenn Sie sie schon angenommen haben, melden Sie sich einfach an. Wenn es der Einrichtungslink einer neuen Installation war, starten Sie das Programm neu: Es gibt einen neuen Link aus, solange niemand die Installation eingerichtet hat.
problem-tenancy-other-address = Die Einladung gilt einer anderen Adresse
problem-tenancy-other-address-meaning = Die Einladung ging an eine andere E-Mail-Adresse als die des angemeldeten Kontos. Sie gilt weiterhin.
problem-tenancy-other-address-help = Melden Sie sich ab und öffnen Sie den Link noch einmal: Melden Sie sich mit dem Konto der eingeladenen Adresse an oder legen Sie eines an. Wenn Sie mit dem jetzigen Konto beitreten möchten, bitten Sie um eine Einladung an dessen Adresse.
problem-tenancy-sign-in-first = Die eingeladene Adresse hat ein Konto
problem-tenancy-sign-in-first-meaning = Die Einladung gilt einer Adresse, die hier schon ein Konto hat, deshalb wird kein zweites dafür angelegt. Die Einladung gilt weiterhin.
problem-tenancy-sign-in-first-help = Melden Sie sich mit diesem Konto an und öffnen Sie den Link dann noch einmal.

# Second factors
field-code = Code
field-code-app = Code aus Ihrer App
field-code-paper = Ersatzcode
title-factor = Zweiter Schritt
title-show = Sind Sie es?
title-account-security = Anmeldung und Sicherheit
title-totp = Authenticator-App
nav-account-security = Anmeldung und Sicherheit
signin-passkey = Mit einem Passkey weiter
signin-or = oder mit einem Passwort
passkey-failed = Das hat nicht geklappt: Es wurde kein Passkey verwendet, oder er gehört nicht hierher. Versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg.
passkey-needs-script = Passkeys brauchen Skripte, und in diesem Browser sind sie ausgeschaltet. Alle anderen Wege gehen ohne.
factor-title-totp = Geben Sie den Code aus Ihrer App ein
factor-title-backup = Geben Sie einen Ersatzcode ein
factor-title-passkey = Verwenden Sie Ihren Passkey
factor-title-sent = Geben Sie den Code ein, den wir Ihnen senden
factor-lede-totp = Sechs Ziffern. Ein Code zählt einmal; der nächste erscheint innerhalb von 30 Sekunden.
factor-lede-mail = Acht Ziffern, gesendet an die Adresse Ihres Kontos. Sie zählen zehn Minuten lang und nur für diese Anmeldung.
factor-lede-sms = Acht Ziffern, gesendet an Ihr Telefon. Sie zählen zehn Minuten lang und nur für diese Anmeldung.
factor-lede-passkey = Ihr Gerät fragt nach Finger, Gesicht oder PIN.
factor-lede-backup =
    { $n ->
        [one] Einer der Codes auf Papier. Es ist der letzte.
       *[other] Einer der Codes auf Papier. Jeder gilt einmal; { $n } sind übrig.
    }
factor-send = Code senden
factor-other = andere Wege
factor-anew = Nicht Sie? Neu beginnen
factor-way-totp = Authenticator-App verwenden
factor-way-passkey = Passkey verwenden
factor-way-mail = Code per E-Mail senden
factor-way-sms = Code per SMS senden
factor-way-backup-code = Ersatzcode verwenden
show-title = Sind Sie es?
show-lede = Was Sie gleich ändern, entscheidet, wer in Ihr Konto kommt. Zeigen Sie noch einmal, dass Sie es sind; das gilt zehn Minuten.
show-button = Weiter
show-backup = Das Telefon ist nicht zur Hand: Ersatzcode verwenden
account-security-lede = Was Sie neben Ihrem Passwort hineinlässt.
account-security-shown = Sie haben gezeigt, wer Sie sind; das gilt bis
account-security-none = Ein Passwort allein kann gestohlen werden
account-security-none-text = Fügen Sie einen Passkey oder eine Authenticator-App hinzu. Das dauert eine Minute, und ein gestohlenes Passwort reicht dann nicht.
passkeys-title = Passkeys
passkeys-text = Ein Passkey ist der Nachweis Ihres Geräts, dass Sie es sind: mit Finger, Gesicht oder PIN. Nichts kann abgefischt werden, und nichts wird getippt.
passkeys-added = Hinzugefügt
passkeys-used = benutzt
passkeys-unused = noch nicht benutzt
passkeys-change = Umbenennen oder entfernen
passkeys-name = Name des Passkeys
passkeys-name-example = Etwa: mein Laptop
passkeys-add = Passkey hinzufügen
passkeys-rename = Umbenennen
passkeys-remove = Diesen Passkey entfernen
factors-title = Codes
factors-on = An
factors-totp = Authenticator-App
factors-totp-text = Sechs Ziffern, die alle dreißig Sekunden wechseln, aus einer App auf Ihrem Telefon. Das geht ohne Netz.
factors-set-up = Einrichten
factors-replace = Ersetzen
factors-remove = Entfernen
factors-off = Ausschalten
factors-switch-on = Einschalten
factors-mail = Codes per E-Mail
factors-mail-text = Besser als nichts: Wer Ihr Postfach hat, hat auch den Code.
factors-sms = Codes per SMS
factors-sms-text = Der schwächste Weg: Nummern lassen sich übernehmen. Gut als zweiter Weg neben einem anderen.
factors-sms-number = An die Nummer, die auf { $end } endet.
factors-sms-field = Telefonnummer mit Land: +49 …
factors-sms-send = Code dorthin senden
factors-sms-code = Der Code, der kam
factors-sms-confirm = Nummer bestätigen
backup-title = Ersatzcodes
backup-left = { $n } von 10 übrig
backup-text = Zehn Codes auf Papier für den Tag, an dem das Telefon weg ist. Jeder gilt einmal. Neue Codes beenden die alten.
backup-make = Zehn Codes erzeugen
backup-renew = Zehn neue Codes erzeugen
backup-fresh-heading = Ihre zehn Ersatzcodes, nur jetzt zu sehen
backup-fresh-text = Jeder öffnet Ihr Konto einmal, anstelle der App oder des Passkeys. Bewahren Sie sie dort auf, wo sie nicht mit dem Telefon gestohlen werden. Ältere gelten nicht mehr.
backup-download = Herunterladen
backup-print = Drucken
backup-kept = Ich bewahre sie sicher auf
lost-title = Wenn Ihr Telefon weg ist
lost-1 = Melden Sie sich mit Passwort und einem Ersatzcode an oder mit einem Passkey auf einem anderen Gerät.
lost-2 = Entfernen Sie hier, was auf dem Telefon war. Sitzungen darauf enden sofort.
lost-3 = Richten Sie das neue Telefon ein und erzeugen Sie neue Ersatzcodes.
lost-end = Ohne all das kann Sie hier niemand auf Zuruf hineinlassen: Diese Tür stünde auch anderen offen. Wenden Sie sich an die Inhaber Ihrer Organisation.
totp-title = Authenticator-App einrichten
totp-lede = Ihr Konto ändert sich erst, wenn der erste Code der App gezählt hat.
totp-scan = 1. Mit der App scannen
totp-picture = Bild mit dem Geheimnis für die App; dasselbe Geheimnis steht darunter in Buchstaben
totp-by-hand = Keine Kamera? Tippen Sie dieses Geheimnis in die App:
totp-secret = Geheimnis für die App
totp-form = Nach Zeit, SHA-1, sechs Ziffern, dreißig Sekunden: Das versteht jede App.
totp-open = In einer App auf diesem Gerät öffnen
totp-try = 2. Den Code eingeben, den sie zeigt
totp-code-hint = Sechs Ziffern. Wird er abgelehnt, prüfen Sie die Uhr des Telefons.
totp-confirm = Einschalten
session-method-password = Passwort
session-method-totp = Passwort und App
session-method-backup-code = Passwort und Ersatzcode
session-method-passkey = Passkey
session-method-mail = Passwort und Code per E-Mail
session-method-sms = Passwort und Code per SMS
tenant-factor-title = Wer hier einen zweiten Faktor braucht
tenant-factor-nobody = Niemand braucht einen
tenant-factor-owners = Inhaber brauchen einen
tenant-factor-everybody = Alle brauchen einen
tenant-factor-text = Das gilt ab der nächsten Anfrage, für Sitzungen wie für Zugriffstoken. Wer keinen hat, wird zum Einrichten geführt.
notice-sign-in-anew = Diese Anmeldung hat zu lange gewartet oder wurde zu oft versucht. Beginnen Sie neu.
notice-code-sent = Der Code ist unterwegs.
notice-totp-added = Die Authenticator-App ist an. Ab jetzt wird ihr Code bei jeder Anmeldung verlangt.
notice-passkey-added = Der Passkey ist hinzugefügt. Sie können sich damit anmelden.
notice-passkey-renamed = Der Passkey ist umbenannt.
notice-factor-removed = Es ist entfernt. Ihre anderen Sitzungen sind abgemeldet.
notice-mail-codes-on = Codes per E-Mail sind an.
notice-phone-added = Die Nummer ist bestätigt. Codes können dorthin gehen.
notice-factor-first = Richten Sie zuerst einen zweiten Faktor ein: Er wird hier von Ihnen verlangt.
notice-factor-first-own = Richten Sie zuerst selbst einen zweiten Faktor ein; dann können Sie ihn von anderen verlangen.
error-code-wrong = Dieser Code zählt nicht: Er ist falsch, schon benutzt oder zu alt
error-code-soon = Gerade wurde ein Code gesendet: Warten Sie eine halbe Minute
error-code-many = Für diese Anmeldung wurden genug Codes gesendet: Beginnen Sie neu
error-shown-wrong = Das war nicht richtig
error-phone-invalid = Geben Sie die Nummer mit Land ein, etwa +49 151 2345678
error-passkey-many = Zwanzig Passkeys sind genug: Entfernen Sie einen, den Sie nicht mehr benutzen
sms-code = { $code } ist Ihr Code für { $product }. Er gilt zehn Minuten. Wir fragen nie telefonisch danach.
mail-code-subject = Ihr Code für { $product }: { $code }
mail-code-heading = { $code }
mail-code-line = Das ist der Code für die Anmeldung bei { $product }, die gerade wartet. Er zählt zehn Minuten, einmal und für keine andere Anmeldung.
mail-code-end = Sie melden sich gerade nicht an? Dann kennt jemand Ihr Passwort: Ändern Sie es. Wir fragen nie telefonisch oder per E-Mail nach diesem Code.
mail-factor-action = Ansehen
mail-factor-end = Das waren Sie nicht? Setzen Sie sofort ein neues Passwort und melden Sie alle anderen Sitzungen ab. Gesendet, weil sich Warnungen zu Ihrer Anmeldung nicht abschalten lassen.
mail-totp-added-subject = Bei { $product } wurde eine Authenticator-App hinzugefügt
mail-totp-added-heading = Eine Authenticator-App wurde hinzugefügt
mail-totp-added-line = Ab jetzt verlangt die Anmeldung bei { $product } den Code dieser App. Waren Sie es, ist nichts zu tun.
mail-passkey-added-subject = Bei { $product } wurde ein Passkey hinzugefügt
mail-passkey-added-heading = Ein Passkey wurde hinzugefügt
mail-passkey-added-line = Jemand, vermutlich Sie, kann sich jetzt mit einem neuen Passkey bei Ihrem Konto bei { $product } anmelden.
mail-phone-added-subject = Bei { $product } wurde ein Telefon hinzugefügt
mail-phone-added-heading = Ein Telefon wurde hinzugefügt
mail-phone-added-line = Codes für Ihr Konto bei { $product } können jetzt per SMS an ein Telefon gehen.
mail-mail-codes-on-subject = Codes per E-Mail sind bei { $product } an
mail-mail-codes-on-heading = Codes per E-Mail sind an
mail-mail-codes-on-line = Ab jetzt lässt sich eine Anmeldung bei { $product } mit einem Code abschließen, der an diese Adresse kommt.
mail-factor-removed-subject = Bei { $product } wurde ein zweiter Faktor entfernt
mail-factor-removed-heading = Ein zweiter Faktor wurde entfernt
mail-factor-removed-line = Etwas, womit Sie in Ihr Konto bei { $product } kamen, wurde entfernt, und Ihre anderen Sitzungen wurden abgemeldet.
mail-backup-codes-created-subject = Bei { $product } wurden neue Ersatzcodes erzeugt
mail-backup-codes-created-heading = Neue Ersatzcodes wurden erzeugt
mail-backup-codes-created-line = Die alten Ersatzcodes Ihres Kontos bei { $product } gelten nicht mehr; zehn neue gelten.
event-factor-backup-codes-created = Ersatzcodes erzeugt
event-factor-mail-codes-set = Codes per E-Mail umgeschaltet
event-factor-passkey-added = Passkey hinzugefügt
event-factor-passkey-removed = Passkey entfernt
event-factor-phone-added = Telefon hinzugefügt
event-factor-phone-removed = Telefon entfernt
event-factor-refused = Zweiter Faktor abgelehnt
event-factor-totp-added = Authenticator-App hinzugefügt
event-factor-totp-removed = Authenticator-App entfernt
event-tenant-factor-wanted = Zweiter Faktor verlangt
problem-identity-factor-first = Erst einen zweiten Faktor einrichten
problem-identity-factor-first-meaning = Ersatzcodes stehen für einen anderen zweiten Faktor ein, und dieses Konto hat keinen. Nichts wurde geändert.
problem-identity-factor-first-help = Fügen Sie einen Passkey oder eine Authenticator-App hinzu und erzeugen Sie dann die Codes.
problem-identity-last-factor = Der letzte zweite Faktor muss bleiben
problem-identity-last-factor-meaning = Von diesem Konto wird ein zweiter Faktor verlangt, von einer Organisation oder vom Dienst, und dies ist sein letzter. Nichts wurde geändert.
problem-identity-last-factor-help = Fügen Sie erst einen anderen hinzu und entfernen Sie dann diesen.
problem-identity-wrong-factor = Der Code oder der Passkey zählt nicht
problem-identity-wrong-factor-meaning = Was als zweiter Faktor vorgelegt wurde, ist falsch, schon benutzt, zu alt oder gehört zu einem anderen Konto oder einer anderen Adresse. Das wird nicht unterschieden.
problem-identity-wrong-factor-help = Warten Sie auf den nächsten Code der App, prüfen Sie die Uhr des Telefons oder nehmen Sie einen anderen Weg. Nach fünf falschen Codes beginnt die Anmeldung neu.
problem-kernel-second-factor-wanted = Hier wird ein zweiter Faktor verlangt
problem-kernel-second-factor-wanted-meaning = Die Organisation oder der Dienst verlangt von diesem Konto einen zweiten Faktor, und es hat keinen. Ob die Anfrage mit einer Sitzung oder einem Zugriffstoken kam, macht keinen Unterschied.
problem-kernel-second-factor-wanted-help = Melden Sie sich an und richten Sie unter „Anmeldung und Sicherheit“ einen Passkey oder eine Authenticator-App ein. Das gilt ab der nächsten Anfrage.
problem-kernel-show-first = Zeigen Sie noch einmal, wer Sie sind
problem-kernel-show-first-meaning = Die Anfrage ändert, was jemanden hineinlässt, und die Person hat in den letzten zehn Minuten nicht gezeigt, wer sie ist. Nichts wurde geändert.
problem-kernel-show-first-help = Rufen Sie show_again mit einem Passkey, einem Code der App oder, ohne beides, mit dem Passwort auf; wiederholen Sie dann die Anfrage. Seiten fragen von selbst.

# Promises of second factors
promise-idn-01-how-1 = Ein Kanarienkonto richtet eine Authenticator-App ein. Danach wird immer wieder nur sein Passwort vorgelegt, wie es jemand täte, der es gestohlen hat.
promise-idn-01-how-2 = Was das Passwort allein geöffnet hat, wird an der API und an Seiten versucht; kein Code, ein falscher, ein leerer, einer von vor drei Schritten und ein schon benutzter werden vorgelegt. Keiner darf zählen.
promise-idn-01-how-3 = Ein richtiger Code muss hineinlassen, sonst zählt der Lauf nicht. Danach wird die App wieder entfernt.
promise-idn-01-not = Ob Menschen einen zweiten Faktor wählen. Das Abfischen eines Codes, der sofort benutzt wird: Dem halten nur Passkeys stand.
promise-idn-01-broken = Ein Proxy lässt jeden zweiten Schritt durch, ob richtig oder falsch.
promise-idn-02-how-1 = Ein Kanarienkonto erzeugt seine zehn Codes und zählt sie. Einer wird benutzt und noch einmal benutzt.
promise-idn-02-how-2 = Ein Code wird in sechs Anmeldungen im selben Augenblick vorgelegt: Eine davon darf hineinkommen. Ein nie erzeugter Code wird versucht, und was übrig ist, wird gezählt.
promise-idn-02-not = Wo die Codes aufbewahrt werden.
promise-idn-02-broken = Ein Proxy lässt jeden zweiten Schritt durch, ob richtig oder falsch.
promise-idn-03-how-1 = Ein Gerät in Software wird einem Kanarienkonto als Passkey hinzugefügt und meldet sich einmal an; das muss gehen.
promise-idn-03-how-2 = Dieselbe Antwort wird noch einmal gesendet. Dann folgen Antworten mit anderer Aufgabe, für eine andere Seite, für eine andere Partei, mit gebrochener Signatur, ohne Finger, Gesicht oder PIN und mit rückwärts laufendem Zähler. Keine darf angenommen werden.
promise-idn-03-not = Ob ein Gerät seinen Schlüssel sicher hält; eine Bescheinigung der Hardware wird von Kunden nicht verlangt.
promise-idn-03-broken = Ein Proxy beantwortet jeden abgelehnten Passkey, als wäre er angenommen.
promise-idn-29-how-1 = Ein Kanarienkonto schaltet Codes per E-Mail ein. Zwei Anmeldungen warten; eine lässt sich einen Code senden, der aus dem Postfach des Kontos gelesen wird.
promise-idn-29-how-2 = Ein falscher Code wird vorgelegt, der richtige für die andere Anmeldung, ein weiterer wird sofort verlangt, und der richtige wird zweimal benutzt. Zählen darf nur die erste Benutzung in der eigenen Anmeldung.
promise-idn-29-not = Wer das Postfach sonst liest. Wie lange Nachrichten auf fremden Servern brauchen. Dass ein Code nach zehn Minuten erlischt, zeigen die Tests des Programms.
promise-idn-29-broken = Ein Proxy lässt jeden zweiten Schritt durch, ob richtig oder falsch.
promise-idn-30-how-1 = Ein Kanarienkonto bestätigt eine Telefonnummer mit dem Code, der dorthin gesendet wird. Zwei Anmeldungen warten; eine lässt sich einen Code senden.
promise-idn-30-how-2 = Ein falscher Code wird vorgelegt, der richtige für die andere Anmeldung, und er wird zweimal benutzt. Zählen darf nur die erste Benutzung in der eigenen Anmeldung.
promise-idn-30-not = Das Telefonnetz: Eine Nummer lässt sich übernehmen. Im Probebetrieb werden Nachrichten hier abgelegt statt gesendet.
promise-idn-30-broken = Ein Proxy lässt jeden zweiten Schritt durch, ob richtig oder falsch.
promise-idn-31-how-1 = Die Testvektoren aus RFC 6238 für SHA-1 werden beurteilt: Jeder muss zu seiner Zeit angenommen werden.
promise-idn-31-how-2 = Ein Kanarienkonto richtet eine App ein; ein Code von zwei Schritten voraus muss abgelehnt, einer von jetzt angenommen werden.
promise-idn-31-not = Dass jede App auf dem Markt diese Codes zeigt. Andere Verfahren als SHA-1: Sie werden nicht angeboten.
promise-idn-31-broken = Ein Proxy lässt jeden zweiten Schritt durch, ob richtig oder falsch.
promise-idn-34-how-1 = Ein Kanarienkonto lädt das andere in seine Organisation ein und lässt es hinein. Dann verlangt es von allen einen zweiten Faktor.
promise-idn-34-how-2 = Der Gast, der keinen hat, kommt mit seiner Sitzung und mit einem früheren Zugriffstoken wieder, an die API und an Seiten. Nichts darf ihn hineinlassen. Das einladende Konto, das einen hat, muss hineinkommen und darf ihn nicht entfernen können.
promise-idn-34-not = Welche Organisationen ihn verlangen: Jede entscheidet für sich und der Betreiber für den ganzen Dienst.
promise-idn-34-broken = Ein Proxy antwortet, wie es die Organisation tat, bevor sie etwas verlangte.

# Where and with what; forms that anybody can send
title-not-me = Das war ich nicht
not-me-title = Das war ich nicht
not-me-lede = Ein Druck meldet alle aus Ihrem Konto ab, beendet alle Zugriffstoken und sperrt das Passwort. Ersatzcodes gelten nicht mehr, und Faktoren, die seit der ersten Warnung dazukamen, sind entfernt. Gleich danach setzen Sie ein neues Passwort.
not-me-button = Alle abmelden
not-me-otherwise = Sie waren es doch? Schließen Sie diese Seite. Ohne den Knopf geschieht nichts.
notice-not-me = Alle sind abgemeldet, und das alte Passwort gilt nicht mehr. Setzen Sie jetzt ein neues.
mail-new-sign-in-subject = Neue Anmeldung bei Ihrem Konto bei { $product }
mail-new-sign-in-heading = Eine Anmeldung, die wir nicht kennen
mail-new-sign-in-line = Jemand hat sich bei Ihrem Konto bei { $product } mit einem Gerät oder von einer Adresse aus angemeldet, die es bisher nicht kannte. Wann: { $at }. Gerät: { $device }. Adresse: { $address }. Wie: { $how }. Waren Sie es, ist nichts zu tun.
mail-new-sign-in-action = Das war ich nicht
mail-new-sign-in-end = Der Link meldet alle ab, sperrt das Passwort und lässt Sie ein neues setzen. Er gilt eine Woche. Gesendet, weil sich Warnungen zu Anmeldungen nicht abschalten lassen. Wir fragen nie per E-Mail nach Passwort oder Code.
event-session-warned = Warnung zu einer Anmeldung gesendet
event-account-not-me = „Das war ich nicht“ gedrückt
error-email-disposable = Das ist eine Wegwerfadresse: Geben Sie eine an, die Sie behalten
problem-kernel-too-quick = Das war sehr schnell
problem-kernel-too-quick-meaning = Das Formular kam schneller zurück, als ein Mensch es ausfüllt, wie es Programme tun. Nichts wurde geändert.
problem-kernel-too-quick-help = Gehen Sie zurück und senden Sie es noch einmal. Programme verwenden die API.

# Promises about guessing, flooding and programs
promise-idn-07-how-1 = Ein Kanarienkonto meldet sich an, damit Browser und Adresse bekannt sind. Dann meldet es sich mit diesem Browser von einer nie benutzten Adresse an.
promise-idn-07-how-2 = Eine Nachricht mit einem Weg, das rückgängig zu machen, muss kommen; gemessen wird die Zeit bis dahin.
promise-idn-07-not = Wie lange Nachrichten auf fremden Servern brauchen. Ob bei bekannter Adresse nie eine Nachricht kommt: Das zeigen die Tests des Programms.
promise-idn-07-broken = Ein Schatten vergisst jede Adresse sofort und hält jede Anmeldung für die erste.
promise-idn-08-how-1 = Ein Kanarienkonto meldet sich an und noch einmal von derselben Adresse mit einem nie benutzten Browser.
promise-idn-08-how-2 = Eine Nachricht mit einem Weg, das rückgängig zu machen, muss kommen; gemessen wird die Zeit bis dahin.
promise-idn-08-not = Wer auch die Cookies des Browsers gestohlen hat. Wie lange Nachrichten auf fremden Servern brauchen.
promise-idn-08-broken = Ein Schatten vergisst jede Adresse sofort und hält jede Anmeldung für die erste.
promise-idn-26-how-1 = Von einer Adresse aus werden so viele falsche Passwörter versucht, wie angesehen werden; danach das richtige, ein falsches und wieder das richtige. Alle müssen abgelehnt werden, mit derselben Antwort.
promise-idn-26-how-2 = Von einer anderen Adresse, an der niemand sich geirrt hat, muss das Konto sofort hineinkommen.
promise-idn-26-not = Dass sie nach einer Stunde endet und dass fünfzig Versuche auf einmal nicht zum Preis von einem angesehen werden: Beides zeigen die Tests des Programms. Versuche von vielen Adressen: Sie bremst die Grenze für das Konto als Ganzes.
promise-idn-26-broken = In einem Schatten wird jedes falsche Passwort vergessen, sobald es gezählt ist.
promise-idn-27-how-1 = Mit dem richtigen Passwort werden in einem Browser, den das Konto nicht kennt, Codes der App geraten, bis keine mehr angesehen werden. Danach wird der richtige Code vorgelegt, in derselben und in einer neuen Anmeldung; keiner darf zählen. Der eigene Browser muss mit ihm hineinkommen.
promise-idn-27-not = Passkeys: Sie lassen sich nicht raten und werden nie gebremst.
promise-idn-27-broken = In einem Schatten wird jeder falsche Code vergessen, sobald er gezählt ist.
promise-idn-38-how-1 = Von einer eigenen Adresse der Sonde aus werden in einem Stoß mehr Anmeldungen gesendet, als eine Minute erlaubt. Was darüber liegt, muss abgelehnt werden, und die Ablehnung muss sagen, wann es wieder geht.
promise-idn-38-not = Eine Flut über das Netz des ganzen Rechners. Versuche von vielen Adressen an einem Konto: Davon handelt eine andere Zusage.
promise-idn-38-broken = Ein Proxy macht aus jeder Ablehnung wegen zu vieler Anfragen eine andere Antwort.
promise-edg-03-how-1 = Es wird versucht, mit Adressen allgemein bekannter Wegwerf-Anbieter Konten anzulegen, in Großbuchstaben, auf einer Unterdomain und mit Plus-Zusatz. Jeder Versuch muss abgelehnt werden.
promise-edg-03-not = Anbieter, die noch auf keiner Liste stehen. Weiterleitungen, die eine bleibende Adresse verbergen, werden mit Absicht angenommen.
promise-edg-03-broken = Ein Proxy nimmt jede Adresse an.
promise-edg-04-how-1 = Die Einträge der benutzten Liste werden gezählt, und einer wird versucht.
promise-edg-04-not = Wie viele der Einträge es noch gibt.
promise-edg-04-broken = Ein Proxy nimmt jede Adresse an.
promise-edg-05-how-1 = Von einer Adresse werden mehr Anmeldungen gesendet, als eine Minute erlaubt, von einer anderen mehr neue Konten, jedes Mal mit anderem X-Forwarded-For. Was darüber liegt, muss abgelehnt werden, auch an den anderen Türen mit derselben Grenze: zweite Schritte, Passkeys, vergessene Passwörter und die Formulare.
promise-edg-05-how-2 = In einem Schatten neben dem laufenden System, hinter einem Proxy, dem er vertraut, kommen aus einem ganzen IPv6-/64 mehr Anmeldungen, als eine Adresse senden darf.
promise-edg-05-not = Größere Netze als ein IPv6-/64. Was ein Proxy vor diesem Programm durchlässt.
promise-edg-05-broken = Ein Proxy macht aus jeder Ablehnung wegen zu vieler Anfragen eine andere Antwort.
promise-edg-06-how-1 = Von vielen Adressen aus werden Nachrichten an ein Postfach verlangt, geschrieben in Großbuchstaben und mit Plus-Zusätzen. Es dürfen nicht mehr ankommen, als eine Stunde erlaubt.
promise-edg-06-not = Schreibweisen, die nur ein Anbieter gleich behandelt, etwa Punkte. Falsche Passwörter für ein Konto: Davon handelt eine andere Zusage.
promise-edg-06-broken = Ein Proxy zeigt zu jeder Anfrage eine Nachricht.
promise-edg-08-how-1 = Jede öffentliche Seite der programmeigenen Liste wird abgerufen; jedes Formular darauf, das alle senden können, muss die Falle tragen.
promise-edg-08-how-2 = Das Formular für neue Konten wird mit gefüllter Falle gesendet, dann von jemand anderem so, wie ein Mensch es sendet. Das erste muss weitergeleitet werden, als wäre alles gut, das zweite muss zu einer E-Mail führen, und für das erste darf keine kommen.
promise-edg-08-not = Programme, die die Seite lesen wie ein Mensch. Die API: Sie hat stattdessen Grenzen.
promise-edg-08-broken = Ein Proxy nimmt die Falle aus jedem Formular.

# Strength of passwords
error-password-classes = Dieses Passwort braucht einen großen und einen kleinen Buchstaben, eine Ziffer und ein Sonderzeichen
error-password-stolen = Dieses Passwort steht auf einer Liste gestohlener Passwörter: Wählen Sie ein anderes
error-password-unchecked = Passwörter lassen sich gerade nicht mit den gestohlenen vergleichen: Versuchen Sie es gleich noch einmal
event-password-corpus-unavailable = Gestohlene Passwörter konnten nicht nachgeschlagen werden
notice-password-old = Ihr Passwort ist älter als sechs Monate, und dieser Dienst verlangt ein neues. Setzen Sie es hier; dann geht es weiter.
meter-label = Stärke des Passworts, 0 bis 4
meter-score-0 = Sofort erraten
meter-score-1 = Sehr schwach
meter-score-2 = Ausreichend
meter-score-3 = Stark
meter-score-4 = Sehr stark
meter-keyboard = Tastenreihen sind leicht zu erraten
meter-repeats = Wiederholungen machen es kaum schwerer zu erraten
meter-common = Es ähnelt einem Passwort, das viele benutzen
meter-sequence = Folgen wie abc oder 1234 sind leicht zu erraten
meter-date = Daten und Jahreszahlen sind leicht zu erraten
meter-word = Ein einzelnes Wort ist leicht zu erraten
meter-name = Namen sind leicht zu erraten
meter-more-words = Fügen Sie ein oder zwei Wörter hinzu, die nichts miteinander zu tun haben
meter-no-tricks = Großbuchstaben und Zeichen an üblichen Stellen helfen wenig; Länge hilft
problem-kernel-password-old = Das Passwort ist hier zu alt
problem-kernel-password-old-meaning = Diese Installation verlangt alle sechs Monate ein neues Passwort, und Ihres ist älter. Nichts wurde geändert.
problem-kernel-password-old-help = Setzen Sie in den Einstellungen ein neues Passwort; wiederholen Sie dann die Anfrage. Zugriffstoken gelten bis zu ihrem eigenen Ende.

# The promises about weak passwords, the meter and ending a session
promise-idn-23-how-1 = Passwörter, die jeder zuerst rät und die lang genug sind, werden bei der Anmeldung eines neuen Kontos und beim Passwortwechsel eines Kanarienkontos angeboten. Nur eine Ablehnung, die das Passwort nennt, zählt.
promise-idn-23-how-2 = Ein starkes von derselben Adresse muss angenommen werden.
promise-idn-23-not = Die Formulare für ein vergessenes Passwort, eine Einladung und die Einrichtung fragen denselben Prüfer und werden hier nicht probiert. Ein Passwort, das aus einem Grund schwach ist, den niemand aufgeschrieben hat. Passwörter, die mit einem Import kamen, werden nicht beurteilt.
promise-idn-23-broken = Ein Proxy beantwortet jedes abgelehnte Passwort, als wäre es angenommen.
promise-idn-33-how-1 = Fünf Vergleichspasswörter von schwach bis stark gehen an den Prüfer, den die Anzeige fragt; kein stärkeres darf weniger Punkte bekommen, und die Enden müssen zwei Stufen auseinander liegen.
promise-idn-33-how-2 = Lange ohne Großbuchstaben, Ziffern oder Zeichen müssen angenommen werden.
promise-idn-33-not = Mit der klassischen Regel ist diese Zeile nicht erfüllt und sagt es: Diese Regel schreibt die Zusammensetzung vor. Ob ein Passwort auf einer Liste gestohlener steht, ist ein anderes Versprechen.
promise-idn-33-broken = Ein Proxy macht aus jedem guten Urteil eine Ablehnung, wie eine feste Regel der Zusammensetzung es täte.
promise-web-04-how-1 = Ein Kanarienkonto meldet sich von zwei Browsern an. Die Sitzungsliste muss für den zweiten einen Knopf haben, zu dem nichts auszufüllen ist; er wird gedrückt, bis die Sitzung abgelehnt wird, und die Drucke werden gezählt.
promise-web-04-not = Der Weg zur Liste und die Darstellung in einem Browser: Die Tests des Produkts drücken den Knopf in einem echten.
promise-web-04-broken = Ein Proxy beantwortet die beendete Sitzung weiter wie zuvor.
promise-web-08-how-1 = Die Seite für neue Konten muss die Anzeige und ihr Skript enthalten. Dann geht ein langes Passwort Stück für Stück an den Prüfer, wie das Skript es beim Tippen tut: Jedes Stück muss beantwortet werden, und die langsamste Antwort ist die Zahl.
promise-web-08-how-2 = Am Ende muss die Punktzahl höher sein als am Anfang.
promise-web-08-not = Die Pause, die das Skript nach einer Taste abwartet, und Browser ohne Skripte: Dort sagt es das Formular nach dem Absenden.
promise-web-08-broken = Ein Proxy gibt jedem Stück dieselbe Punktzahl.

# Stolen passwords and the price of a guess
promise-idn-04-how-1 = Sechs Passwörter, die auf jeder Liste gestohlener stehen und lang genug sind, werden bei der Anmeldung eines neuen Kontos angeboten. Nur eine Ablehnung, die die Liste nennt, zählt.
promise-idn-04-how-2 = Ein starkes von derselben Adresse muss angenommen werden.
promise-idn-04-not = Passwörter, die nicht auf der eingestellten Liste stehen. Die eingebaute Liste enthält die 30.000 am häufigsten gefundenen; längere fügt der Betreiber hinzu. Ob ein Abfragedienst die Wahrheit sagt. Passwörter, die mit einem Import kamen, werden nicht beurteilt.
promise-idn-04-broken = Ein Proxy beantwortet jede Ablehnung, die die Liste nennt, als wäre das Passwort angenommen.
promise-idn-05-how-1 = Ein Kanarienkonto lässt sich eine E-Mail zum Zurücksetzen schicken, wie es jeder kann. Mit dem Link darin werden sechs gestohlene Passwörter angeboten; nur eine Ablehnung, die die Liste nennt, zählt.
promise-idn-05-not = Passwörter, die nicht auf der eingestellten Liste stehen. Der Link wird nicht verbraucht: Dass ein gutes Passwort mit ihm angenommen wird, probieren Tests beim Bauen.
promise-idn-05-broken = Ein Proxy beantwortet jede Ablehnung, die die Liste nennt, als wäre das Passwort angenommen.
promise-idn-06-how-1 = Ein Kanarienkonto ändert sein Passwort in sechs gestohlene und gibt dabei jedes Mal sein richtiges jetziges an. Nur eine Ablehnung, die die Liste nennt, zählt.
promise-idn-06-not = Passwörter, die nicht auf der eingestellten Liste stehen. Die Formulare der Seiten: Sie fragen dieselbe Stelle.
promise-idn-06-broken = Ein Proxy beantwortet jede Ablehnung, die die Liste nennt, als wäre das Passwort angenommen.
promise-idn-17-how-1 = Jeder gespeicherte Prüfwert wird von innen gelesen; mit den Einstellungen des billigsten werden bis zu acht falsche Versuche auf einem Kern gerechnet und gemessen; der schnellste zählt.
promise-idn-17-how-2 = Die Zahl gibt die Versuche in der Sekunde an. Bei 100 in der Sekunde dauert eine Liste von einer Milliarde Passwörtern 116 Tage für ein Konto, und jedes Konto hat einen eigenen Salt.
promise-idn-17-not = Wie schnell besondere Hardware ist: Viele Kerne raten vielmal so schnell. Wie gut die Passwörter sind.
promise-idn-17-broken = In einem Schatten bekommt der Prüfwert eines Kontos Einstellungen, die so gut wie nichts kosten.
promise-idn-28-how-1 = Das Verfahren jedes gespeicherten Prüfwerts wird von innen gelesen, auch bei neuen Konten, die noch auf ihre E-Mail warten. Eines, das nicht argon2id ist oder unter der Untergrenze des ganzen Systems liegt, ist eine Ausnahme für ein einzelnes Konto und ein Verstoß.
promise-idn-28-not = Prüfwerte mit geringeren Kosten, die noch über der Untergrenze liegen: Sie werden neu gemacht, wenn ihr Besitzer sich anmeldet. Im Prüfwert eines importierten Kontos steckt bis zur ersten Anmeldung sein älterer Hash.
promise-idn-28-broken = In einem Schatten wird der Prüfwert eines Kontos durch einen nach einem alten Verfahren ersetzt.
promise-idn-36-how-1 = Hier wird nichts angegriffen. Ein Konto hat eine Adresse und einen Prüfwert, und der Speicher lehnt ein zweites Konto mit dieser Adresse ab. Ein Passwort muss überall, wo jemand eines setzt, die Prüfung auf Stärke bestehen.
promise-idn-36-not = Ob zwei Menschen ein Passwort kennen: Das kann kein Programm sehen. Passwörter, die mit einem Import kamen, werden nicht beurteilt.
domain-kernel = Das Programm selbst
domain-posture = Nachweis

# Confirming a location
title-location = Ort bestätigen
location-title = Sehen Sie in Ihr Postfach
location-lede = Sie melden sich aus einem Netz an, aus dem dieses Konto bisher nicht benutzt wurde. Wir haben Ihnen eine E-Mail geschickt: Benutzen Sie den Link darin, auf einem beliebigen Gerät, und machen Sie dann hier weiter.
location-early = Der Link wurde noch nicht benutzt. Öffnen Sie die E-Mail und bestätigen Sie dort, drücken Sie dann den Knopf noch einmal.
location-continue = Ich habe den Link benutzt: weiter
location-why = Der Link gilt eine halbe Stunde, danach ist das Netz bekannt. Wer nur Ihr Passwort hat, kommt nicht weiter als bis hierher.
here-title = Sind Sie das?
here-lede = Jemand, der Ihr Passwort kennt, meldet sich aus einem Netz an, aus dem Ihr Konto bisher nicht benutzt wurde.
here-device = Gerät
here-address = Adresse
here-yes = Ja, lassen Sie mich dort hinein
here-no = Nein, beenden
here-ask = Wenn Sie nicht sicher sind, beenden Sie es: Es geht nichts verloren, und Sie können sich jederzeit wieder anmelden.
notice-location-confirmed = Bestätigt. Machen Sie in dem Browser weiter, in dem Sie sich angemeldet haben.
notice-location-refused = Diese Anmeldung ist beendet. Jemand kennt Ihr Passwort: Setzen Sie jetzt ein neues.
mail-location-subject = Bestätigen Sie eine Anmeldung bei Ihrem Konto bei { $product }
mail-location-heading = Eine Anmeldung wartet auf Sie
mail-location-line = Jemand meldet sich bei Ihrem Konto bei { $product } aus einem Netz an, aus dem es bisher nicht benutzt wurde, und hat alles gezeigt, was verlangt wird, außer diesem. Wann: { $at }. Gerät: { $device }. Adresse: { $address }. Noch ist keine Sitzung offen. Sind Sie es, bestätigen Sie; wenn nicht, beenden Sie es dort und setzen Sie ein neues Passwort.
mail-location-action = Ansehen und entscheiden
mail-location-end = Der Link gilt einmal, eine halbe Stunde lang, und lässt für sich allein niemanden hinein. Wir fragen nie per E-Mail nach Passwort oder Code.
event-session-location-held = Anmeldung angehalten, bis ihr Ort bestätigt ist
event-session-location-confirmed = Ort einer Anmeldung über den Link in der E-Mail bestätigt
event-session-location-refused = Anmeldung von unbekanntem Ort durch ihren Besitzer beendet
promise-idn-32-how-1 = Ein Kanarienkonto meldet sich mit dem richtigen Passwort aus einem Netz an, aus dem es nie benutzt wurde. Es darf keine Sitzung entstehen, das Wartende darf nichts öffnen, und vor dem Benutzen des Links weiterzumachen darf nicht helfen.
promise-idn-32-how-2 = Der Link in der E-Mail wird in einem anderen Browser geöffnet, der nichts davon haben darf, und ein zweites Mal, was abgelehnt werden muss. Aus einem anderen Netz weiterzumachen muss abgelehnt werden. Dann muss die Anmeldung dort weitergehen, wo sie begann, und nur einmal.
promise-idn-32-not = Anmeldungen mit zweitem Faktor oder Passkey und die von Inhabern und Personal: Sie nehmen denselben Weg, und Tests beim Bauen probieren die ersten beiden. Wer das Postfach liest.
promise-idn-32-broken = In einem Schatten wird jedes Netz vergessen, sobald es notiert ist, sodass jede Anmeldung für die erste gehalten wird.

# Import of people
title-import = Personen importieren
import-title = Personen importieren
import-lede = Personen mit Konten in einem anderen System kommen mit den Hashes ihrer Passwörter und melden sich an wie bisher.
import-file = Die Datei
import-csv = Zeilen der Datei
import-csv-hint = Durch Komma getrennte Werte, höchstens 100 Personen auf einmal; die erste Zeile nennt die Spalten. Für längere Dateien gibt es die Befehlszeile: vouchsafe user import DATEI.
import-example = Beispiel
import-dry-run = Nur ansehen, was aus jeder Zeile würde
import-run = Importieren
import-text = bcrypt, PBKDF2-SHA512, SHA-512-crypt und scrypt werden verstanden. Jeder Hash wird vor dem Speichern noch einmal mit Argon2id gehasht und ersetzt, wenn sich die Person anmeldet. Ohne Hash setzt eine Person ihr Passwort über „Passwort vergessen?“. Niemand bekommt dadurch einen Brief.
import-done = Importiert
import-would = Was geschähe
import-count = Konten angelegt
import-would-count = Konten, die angelegt würden
import-known = Schon bekannt, unverändert
import-left = Nicht übernommen
import-line = Zeile
import-why = Warum
people-import = Personen importieren
error-import-long = Höchstens 100 Personen auf einmal.
error-import-lang = Keine Sprache: en oder de.
error-hash-scheme = Der Hash gehört zu keinem der verstandenen Verfahren: bcrypt, PBKDF2-SHA512, SHA-512-crypt, scrypt.
error-hash-form = Der Hash ist unvollständig oder hat nicht die Form seines Verfahrens.
error-hash-cost = Der Hash ist so teuer, dass eine Anmeldung zu lange dauerte: höchstens Kosten 14 bei bcrypt, 1.000.000 Runden bei PBKDF2, 200.000 bei SHA-512-crypt, 64 MiB und ln=16,r=8,p=2 bei scrypt.
event-account-imported = Konto importiert

# IDN-16

# Import that ran out of time
error-import-busy = Dafür war keine Zeit mehr: noch einmal importieren.

# The CAPTCHA before sign-up and sign-in
title-captcha-link = Weiter per E-Mail
captcha-working = Einen Moment: Ihr Browser macht die kleine Rechnung, die Programme fernhält.
captcha-noscript = Ihr Browser führt keine Skripte aus und kann die Rechnung, die Programme fernhält, nicht machen.
captcha-link = Stattdessen einen Link mailen lassen
captcha-link-title = Weiter per E-Mail
captcha-link-lede = Geben Sie Ihre Adresse ein. Wir senden einen Link, der das Formular ohne die Rechnung öffnet, die Programme fernhält. Er gilt 30 Minuten, für diese Adresse.
captcha-link-button = Link senden
captcha-link-back = Zurück zum Formular
sent-link-signin-heading = Sehen Sie in Ihre E-Mails
sent-link-signin-text = Wenn ein Konto diese Adresse hat, ist eine Nachricht mit einem Link unterwegs. Der Link öffnet die Anmeldeseite; dort geben Sie wie immer Ihr Passwort ein.
sent-link-signup-heading = Sehen Sie in Ihre E-Mails
sent-link-signup-text = Eine Nachricht mit einem Link ist unterwegs. Der Link öffnet das Formular, in dem Sie Ihr Konto anlegen.
mail-way-signin-subject = Ihr Link zur Anmeldung bei { $product }
mail-way-signin-heading = Weiter mit der Anmeldung
mail-way-signin-line = Jemand, wahrscheinlich Sie, meldet sich bei { $product } mit einem Browser ohne Skripte an. Der Link öffnet die Anmeldeseite; dort wird das Passwort verlangt. Er gilt 30 Minuten.
mail-way-signin-action = Anmeldeseite öffnen
mail-way-signup-subject = Ihr Link zum Anlegen eines Kontos bei { $product }
mail-way-signup-heading = Weiter mit Ihrem Konto
mail-way-signup-line = Jemand, wahrscheinlich Sie, legt bei { $product } mit einem Browser ohne Skripte ein Konto an. Der Link öffnet das Formular. Er gilt 30 Minuten.
mail-way-signup-action = Formular öffnen
mail-way-end = Das waren nicht Sie? Dann ist nichts zu tun: Der Link allein öffnet nichts.
error-captcha-down = Der Dienst, der Menschen von Programmen unterscheidet, hat nicht geantwortet. Senden Sie das Formular noch einmal: Eine andere Prüfung vertritt ihn jetzt.
error-captcha-missing = Ihr Browser hat die Rechnung, die Programme fernhält, nicht gemacht. Senden Sie das Formular noch einmal; führt er keine Skripte aus, lassen Sie sich einen Link mailen.
error-captcha-refused = Die Rechnung, die Programme fernhält, war verbraucht oder zu alt. Senden Sie das Formular noch einmal.
problem-kernel-captcha-wanted = Lösen Sie zuerst eine Aufgabe
problem-kernel-captcha-wanted-meaning = Registrierung und Anmeldung verlangen eine gelöste Aufgabe, damit das Ausprobieren von Passwörtern Programme etwas kostet. Es lag keine bei, oder sie war zu alt, schon verbraucht, für etwas anderes oder falsch.
problem-kernel-captcha-wanted-help = Rufen Sie get_captcha auf, lösen Sie die Antwort (jeder ALTCHA-v2-Client kann das) und senden Sie innerhalb von zwei Minuten Aufgabe und Lösung als base64 im Kopf Captcha. Seiten tun das von selbst.
event-session-way-mailed = Ein Link am CAPTCHA vorbei wurde gemailt

# Promises: the CAPTCHA, imports, staff, the classic policy
promise-edg-01-how-1 = Registrierungen kommen ohne gelöste Aufgabe, mit Wörtern, die keine sind, mit einer schon verbrauchten, mit einer für etwas anderes oder aus einem anderen Netz, mit einer fremd signierten, einer leicht gemachten oder verlängerten und, vom zweiten Lauf an, mit einer zu alten. Jede muss abgelehnt, eine richtige angenommen werden.
promise-edg-01-how-2 = Das Formular der Seite wird ohne Lösung gesendet und mit dem erfundenen Teil eines gemailten Links.
promise-edg-01-not = Dass eine Lösung von einem Menschen stammt: Sie ist Arbeit, die auch ein Programm bezahlen kann. Den Link, den Browser ohne Skripte sich mailen lassen: Er steht eine halbe Stunde lang für eine Lösung, für seine eine Adresse. Wo ein CAPTCHA-Dienst auf den Seiten urteilt, dessen Antworten; die API nimmt unsere eigene Aufgabe. Eingeladene, die über einen eigenen Link kommen.
promise-edg-01-broken = Ein Proxy nimmt alle an, die ohne Lösung kommen.
promise-edg-02-how-1 = Das richtige Passwort eines Testkontos kommt ohne gelöste Aufgabe, mit Wörtern, die keine sind, mit einer schon verbrauchten, mit einer für etwas anderes oder aus einem anderen Netz, mit einer fremd signierten, einer leicht gemachten oder verlängerten und, vom zweiten Lauf an, mit einer zu alten. Jede muss abgelehnt werden; mit einer richtigen wird es eingelassen.
promise-edg-02-how-2 = Das Formular der Seite wird ohne Lösung gesendet und mit dem erfundenen Teil eines gemailten Links.
promise-edg-02-not = Dass eine Lösung von einem Menschen stammt: Sie ist Arbeit, die auch ein Programm bezahlen kann. Den Link, den Browser ohne Skripte sich mailen lassen: Er steht eine halbe Stunde lang für eine Lösung, für seine eine Adresse, beliebig oft. Passkeys, die niemand rät und die keine verlangen. Wo ein CAPTCHA-Dienst auf den Seiten urteilt, dessen Antworten; die API nimmt unsere eigene Aufgabe.
promise-edg-02-broken = Ein Proxy lässt alle ein, die ohne Lösung kommen.
promise-idn-16-how-1 = In einem Schatten importieren Mitarbeiter je ein Konto mit veröffentlichten Hashes von bcrypt, PBKDF2-SHA512, SHA-512-crypt und scrypt. Gespeichert sein muss der alte Hash in argon2id; ein falsches Passwort wird abgelehnt, das alte lässt ein, und danach ist argon2id allein gespeichert und lässt weiter ein.
promise-idn-16-not = Wie stark ein importiertes Passwort ist und wer seinen alten Hash anderswo erfahren haben mag. Bis zur ersten Anmeldung antwortet ein importiertes Konto auf Versuche, die angesehen werden, langsamer als andere, um die Zeit, die sein alter Hash braucht; wer misst, kann also erkennen, dass es importiert wurde und wann das Raten gesperrt ist. Konten, die sich seit einem Import nicht angemeldet haben: Ihre alten Hashes liegen bis dahin in argon2id.
promise-idn-16-broken = In einem Schatten lassen sich gespeicherte Prüfwerte nicht ersetzen.
promise-idn-20-how-1 = In einem Schatten bietet eine Mitarbeiterin jeder ändernden Operation der API in vier Formen ein Passwort für einen Kunden an; ausgelassen sind die, die nur Prüfungen starten oder abmelden. Keine Antwort darf Passwort, Prüfwert oder Rücksetz-Link des Kunden enthalten; danach muss der gespeicherte Prüfwert derselbe sein, und das angebotene Passwort darf nicht einlassen.
promise-idn-20-not = Formulare von Seiten, die zu denselben Operationen führen. Einen Import: Er eröffnet neue Konten mit den Hashes eines anderen Systems, und wer importiert, könnte den Hash eines ihm bekannten Passworts mitbringen. Das Protokoll nennt, wer importiert hat, und die Inhaberin erhält bei der ersten Anmeldung einen Brief.
promise-idn-20-broken = In einem Schatten wird ein Passwort, das jemand setzt, zu aller Passwort.
promise-idn-21-how-1 = In einem Schatten öffnet eine Mitarbeiterin jede Seite und Liste, auch die über einen Kunden, und stößt ein Zurücksetzen an. Keine Antwort darf das Passwort des Kunden, dessen Prüfwert oder den Link enthalten.
promise-idn-21-not = Wer Dateien und Schlüssel der Maschine hat, kann das Programm selbst austauschen. Es wird in einem Schatten versucht: Das laufende System hat keine Testkonten von Mitarbeitern.
promise-idn-21-broken = Ein Proxy merkt sich die Passwörter, die Leute tippen, und zeigt sie Mitarbeitern.
promise-idn-24-how-1 = In einem Schatten mit derselben Regel versuchen ein Benutzer und eine Mitarbeiterin Passwörter, die ein Zeichen zu kurz sind oder denen je eine Art Zeichen fehlt, und eines knapp innerhalb der Regel.
promise-idn-24-not = Passwörter, die vor dem Einschalten der Regel gesetzt wurden.
promise-idn-24-broken = Ein Proxy nimmt jedes Passwort.
promise-idn-25-how-1 = In einem Schatten, dessen Uhr von knapp sechs Monaten an Tag für Tag vorgestellt wird, wird der erste Tag gesucht, an dem zwei Operationen und eine Seite erst ein neues Passwort verlangen; bis dahin lässt das alte ein, und sie geben nach, sobald ein neues gesetzt ist.
promise-idn-25-not = Zugangs-Token, die ein eigenes Ende haben.
promise-idn-25-broken = Ein Proxy macht aus der Forderung nach einem neuen Passwort eine Antwort.

# When a solution was refused
captcha-again = Wird sie immer wieder abgelehnt:

# The published wording beside a translation
claim-original = Veröffentlichter Wortlaut (englisch, er gilt):

# Hardware keys of staff
session-method-hardware-key = Hardware-Schlüssel
passkeys-hardware = Hardware-Schlüssel
hardware-missing = Betriebspersonal braucht hier einen Hardware-Schlüssel
hardware-missing-text = Der Betriebsbereich öffnet sich nur mit einem Hardware-Schlüssel. Fügen Sie Ihren unten hinzu; danach öffnet sich der Bereich sofort.
hardware-text = Als Betriebspersonal fügen Sie Hardware-Schlüssel der Hersteller hinzu, denen dieser Dienst vertraut. Der Browser fragt, ob er das Modell des Schlüssels nennen darf: Erlauben Sie es, sonst wird der Schlüssel abgelehnt. Verwahren Sie einen zweiten Schlüssel an einem sicheren Ort.
hardware-failed = Dieser Schlüssel wurde nicht hinzugefügt. Es muss ein Hardware-Schlüssel eines Herstellers sein, dem dieser Dienst vertraut, und der Browser muss das Modell nennen dürfen.
show-lede-key = Betriebspersonal zeigt das mit dem Hardware-Schlüssel. Es gilt zehn Minuten und öffnet den Betriebsbereich für diese Sitzung.
notice-hardware-key = Der Betriebsbereich öffnet sich mit Ihrem Hardware-Schlüssel.
notice-hardware-key-first = Der Betriebsbereich öffnet sich nur mit einem Hardware-Schlüssel. Fügen Sie Ihren hier zuerst hinzu.
problem-kernel-hardware-key-wanted = Betriebspersonal braucht hier seinen Hardware-Schlüssel
problem-kernel-hardware-key-wanted-meaning = Diese Installation lässt Betriebspersonal nur mit einem Hardware-Schlüssel eines vertrauten Herstellers in den Betriebsbereich. Die Sitzung wurde mit etwas Geringerem geöffnet, oder die Anfrage kam mit einem Zugriffstoken.
problem-kernel-hardware-key-wanted-help = Melden Sie sich mit dem Hardware-Schlüssel an, oder zeigen Sie ihn unter /show. Hat das Konto keinen, fügen Sie unter „Anmeldung und Sicherheit“ einen hinzu. Programme nutzen die Befehlszeile auf der Maschine selbst.
promise-idn-39-how-1 = In einem Schatten, der Hardware-Schlüssel derselben Hersteller verlangt, und eines weiteren, den die Prüfung selbst spielt, versucht Betriebspersonal mit dem Passwort allein und mit Passwort und Backup-Code eines Kontos, das einen Schlüssel hat, jede Seite und Operation des Betriebsbereichs; mit einem Zugriffstoken eine.
promise-idn-39-how-2 = Schlüssel, die nichts über ihren Hersteller sagen, die für sich selbst bürgen oder von einem unbekannten Hersteller stammen, werden angeboten; jeder muss abgelehnt werden. Ein Schlüssel, der zählt, muss angenommen werden und den Bereich öffnen.
promise-idn-39-not = Echte Schlüssel: Die Prüfung spielt das Gerät und seinen Hersteller. Ob die Schlüssel eines Herstellers sind, was er sagt. Die Befehlszeile auf der Maschine selbst und der erste Schlüssel eines Kontos, das keinen hat: Wer das Passwort hat, kann diesen hinzufügen.
promise-idn-39-broken = Ein Proxy lässt ein, wo die Wache nach dem Schlüssel fragt.

# A tenant's own audit log
nav-tenant-audit = Protokoll
matrix-audit = Protokoll lesen
audit-own-lede = Wer in dieser Organisation wann was getan hat, und ob es abgelehnt wurde. Von wo Personen dieser Organisation kamen, wird gezeigt; von wo andere kamen, nicht.
audit-own-log = Dies ist ein Teil des einen Protokolls der Plattform
audit-shown-own = Einträge: { $shown }
error-format = Wählen Sie csv, json oder ndjson.

# Support sessions
title-support = Zugang des Supports
title-admin-support = In eine Organisation schauen
nav-support = Zugang des Supports
matrix-support = Betriebspersonal einlassen und hinausschicken
tenants-support = Hineinschauen
audit-note = In Worten
audit-support = In Support-Sitzung
audit-by-support = Personal, Support
support-banner = Support-Sitzung
support-banner-who = Support-Sitzung in { $tenant }:
support-banner-until = bis
support-banner-why = weil:
support-banner-open = Ansehen
support-banner-stop = Beenden
support-title = Zugang des Supports
support-lede = Jedes Mal, wenn Betriebspersonal in diese Organisation schaute: wer, warum, wie lange. Es sieht Einstellungen und Team, ändert nur, was hier steht, und nie Anmeldung, Rollen oder Geheimnisse.
support-log = Was angesehen wurde
support-empty-heading = Niemand vom Personal schaute hinein
support-empty-text = Sobald es jemand tut, steht es sofort hier, und die Inhaber bekommen eine Nachricht.
support-staff = Wer und warum
support-state = Zustand
support-when = Wann
support-what = Was
support-state-open = schaut jetzt hinein
support-state-asked = wartet auf Antwort
support-state-ended = vorbei
support-state-refused = nicht eingelassen
support-end = Beenden
support-allow = Einlassen
support-refuse = Ablehnen
support-ended-at = beendet
support-ends-at = endet
support-settings = Ansehen, und Name, Beschreibung und Kontakt ändern
support-looking = nur Ansehen
support-mode-title = Darf Personal hineinschauen?
support-mode-open = Sofort, mit schriftlichem Grund. Die Inhaber bekommen eine Nachricht.
support-mode-ask = Nur, nachdem ein Inhaber sie eingelassen hat.
support-mode-closed = Gar nicht. Wer drin ist, ist sofort draußen.
admin-support-title = In { $tenant } schauen
admin-support-lede = Für höchstens eine Stunde, über Ihrer eigenen Sitzung. Die Organisation sieht Ihren Namen, Ihren Grund und jede Seite, die Sie öffnen.
admin-support-busy = Sie haben schon eine Support-Sitzung oder eine, die auf Antwort wartet. Beenden Sie sie zuerst: Sie werden nicht gestapelt, und keine wird verlängert.
admin-support-closed = Diese Organisation lässt kein Personal ein. Bitten Sie einen Inhaber, das unter „Zugang des Supports“ zu ändern.
admin-support-ask = Um Einlass bitten
admin-support-begin = Beginnen
admin-support-reason = Grund
admin-support-reason-hint = Die Organisation liest ihn. Nennen Sie das Ticket und was Sie herausfinden müssen.
admin-support-minutes = Minuten, höchstens 60
admin-support-settings = Ich muss auch Name, Beschreibung oder Kontakt ändern
admin-support-text = Sie endet von selbst und kann nicht verlängert werden. Anmeldung, Rollen, Einladungen und das Protokoll der Organisation bleiben zu.
admin-support-before = Bisherige Support-Sitzungen hier
error-support-reason = Schreiben Sie in einigen Worten, warum: Die Organisation liest es.
error-support-reason-long = Verwenden Sie höchstens 500 Zeichen.
error-support-minutes = Wählen Sie 1 bis 60 Minuten.
error-support-member = Sie sind Mitglied dieser Organisation: Öffnen Sie sie als solches.
error-support-closed = Diese Organisation lässt kein Personal ein.
error-support-mode = Wählen Sie open, ask oder closed.
notice-support-started = Sie schauen jetzt in diese Organisation. Ihre Inhaber wurden benachrichtigt.
notice-support-asked = Die Inhaber wurden gefragt. Sie kommen hinein, sobald einer zustimmt, so lange wie erbeten, wenn Sie hier noch angemeldet sind.
notice-support-ended = Die Support-Sitzung ist vorbei.
notice-support-allowed = Jetzt kann hineingeschaut werden.
notice-support-refused = Es wurde nicht eingelassen.
event-support-allowed = Personal eingelassen
event-support-asked = Personal bat um Einlass
event-support-ended = Support-Sitzung beendet
event-support-mode-changed = Regel für den Zugang des Supports geändert
event-support-refused = Personal nicht eingelassen
event-support-started = Support-Sitzung begonnen
event-support-used = In einer Support-Sitzung angesehen
problem-tenancy-support-busy = Eine Support-Sitzung auf einmal
problem-tenancy-support-busy-meaning = Sie haben eine offene Support-Sitzung oder eine, die auf die Antwort eines Inhabers wartet. Sitzungen werden nicht gestapelt, und keine wird verlängert.
problem-tenancy-support-busy-help = Beenden Sie die andere, dann beginnen Sie diese mit eigenem Grund.
mail-support-started-subject = { $staff } von { $product } schaut in { $tenant }
mail-support-started-heading = Jemand vom Personal schaut hinein
mail-support-started-line = { $staff } von { $product } hat eine Support-Sitzung in { $tenant } begonnen, spätestens bis { $until }. Der Grund: { $reason }
mail-support-started-action = Ansehen oder beenden
mail-support-started-end = Sie können sie sofort beenden und festlegen, dass Personal künftig zuerst fragt.
mail-support-asked-subject = { $staff } von { $product } bittet, in { $tenant } zu schauen
mail-support-asked-heading = Darf Personal hineinschauen?
mail-support-asked-line = { $staff } von { $product } bittet, in { $tenant } zu schauen. Der Grund: { $reason } Die Frage endet um { $until }.
mail-support-asked-action = Antworten
mail-support-asked-end = Ohne Antwort kommt niemand hinein.

# What probes of support sessions do
promise-ten-12-how-1 = In einem Schatten bittet Personal um keine, um 61 Minuten und um einen Tag, und beginnt eine für 60 in der Organisation eines Canarys. Aus ihr heraus wird um eine weitere gebeten, dort und anderswo.
promise-ten-12-how-2 = Die Uhr des Schattens läuft weiter. Zehn Sekunden vor Ablauf der Stunde muss die Organisation offen sein, eine Sekunde danach zu, und es darf nichts mehr zu beenden geben.
promise-ten-12-not = Anfragen, die vor dem Ende begannen und noch beantwortet werden. Wer die Dateien der Maschine selbst hat.
promise-ten-12-broken = Ein Proxy lässt ein, wo die Organisation zu ist.
promise-ten-13-how-1 = In einem Schatten öffnet Personal in einer Support-Sitzung jede Seite der programmeigenen Liste, die es bekommt: eigene, die des Betriebs, des Kunden und die öffentlichen.
promise-ten-13-how-2 = Jede muss das Banner mit Grund, Ende und einer Möglichkeit zum Beenden tragen. Antworten der API müssen es in einem Header sagen.
promise-ten-13-not = Ob das Banner gesehen wird: Gesucht wird der Text, nicht das Bild. Dateien, Feeds, was jemand liest, der die Adresse eines Formulars öffnet, und Adressen, die es nicht gibt, haben kein Banner. Anwendungen neben diesem Programm.
promise-ten-13-broken = Ein Proxy nimmt das Banner aus jeder Seite.
promise-ten-14-how-1 = In einem Schatten beginnt Personal ohne Grund, mit Leerzeichen, mit drei Buchstaben, mit Punkten und mit einem langen Wort; alles muss abgelehnt werden, und die Organisation muss zu bleiben.
promise-ten-14-how-2 = Ein Grund, der angenommen wurde, muss wörtlich in dem Protokoll stehen, das der Inhaber der Organisation liest.
promise-ten-14-not = Ob ein Grund wahr oder gut ist. Zwölf Buchstaben in zwei Wörtern werden angenommen.
promise-ten-14-broken = Ein Proxy nimmt jeden Grund.
promise-ten-16-how-1 = In einem Schatten greift Personal in einer Support-Sitzung, die nur ansehen darf, und in einer, die Einstellungen ändern darf, nach Anmelderegeln, Rollen, Mitgliedern, Einladungen, Protokoll, der Regel für den Support und einer anderen Organisation.
promise-ten-16-how-2 = Alles muss abgelehnt werden, ohne die Freigabe auch Einstellungen. Nach dem Beenden ist nichts offen.
promise-ten-16-not = Dateien, Server, Geheimnisse, Abrechnung und Aufnahmen: Es gibt in diesem Programm noch keine. Ob ein Blick für die Diagnose nötig war.
promise-ten-16-broken = Ein Proxy lässt ein, wo die Organisation ablehnt.
promise-aud-04-how-1 = In einem Schatten beginnt Personal eine Support-Sitzung, sieht vier Dinge der API und eine Seite an, eines davon ihm verschlossen, und beendet sie.
promise-aud-04-how-2 = Der Inhaber der Organisation muss Beginn, Grund, jeden Blick mit der Person und das Ende im Protokoll der Organisation finden.
promise-aud-04-not = Was auf dem Bildschirm stand. Wer die Dateien der Maschine selbst hat, hinterlässt keinen Eintrag.
promise-aud-04-broken = Ein Proxy nimmt die Blicke aus dem Protokoll, das der Inhaber liest.
promise-web-09-how-1 = In einem Schatten öffnet Personal in einer Support-Sitzung jede Seite der programmeigenen Liste, die es bekommt; jede muss das Banner mit Grund, Ende und einer Möglichkeit zum Beenden tragen.
promise-web-09-not = Ob das Banner gesehen wird: Gesucht wird der Text, nicht das Bild. Adressen von Formularen und solche, die es nicht gibt, haben keins. Anwendungen neben diesem Programm.
promise-web-09-broken = Ein Proxy nimmt das Banner aus jeder Seite.

# What probes of the log and of invitations do
promise-ten-10-how-1 = In einem Schatten lädt ein Canary einen anderen ein. Nach der Uhr des Schattens wird der Link eine Minute vor Ablauf der Woche benutzt, ein anderer eine Minute danach.
promise-ten-10-not = Auf die Sekunde genau: Die Grenze wird auf die Minute gefunden. Einladungen, die zurückgezogen wurden.
promise-ten-10-broken = Ein Proxy beantwortet alte Links, als zählten sie.
promise-aud-06-how-1 = In einem Schatten hinterlässt die Organisation eines Canarys einen Eintrag. Personal öffnet die Seite mit fünfzehn Filtern: nach Akteur, Organisation, Art, Ergebnis und Zeit, passend und unpassend, und mehreren zugleich.
promise-aud-06-how-2 = Der Eintrag muss bei jedem passenden Filter gezeigt werden, und bei keinem anderen.
promise-aud-06-not = Andere Einträge als der gesetzte. Einen Browser: Gelesen wird der Text der Seite.
promise-aud-06-broken = Ein Proxy nimmt die Zeilen aus der Seite.
promise-aud-08-how-1 = Die Organisationen zweier Canarys hinterlassen Einträge. Mit einem Zugriffstoken der einen wird ihr Protokoll über die API gelesen, mit Filtern, die Organisation, Konto und Namen der anderen nennen, und als Export.
promise-aud-08-how-2 = Jede Zeile muss die eigene sein. Das Protokoll der anderen wird mit Namen und Kennung verlangt und darf nicht gefunden werden. Auch was die Person des Tokens sonst unter ihrem Namen lesen darf, Seiten und Ressourcen der API, wird mit ihm versucht: Das Token ist nur für das Protokoll und muss abgelehnt werden.
promise-aud-08-not = Ob das Protokoll alles enthält, was getan wurde; danach suchen andere Zeilen. Organisationen, die keine Canarys sind.
promise-aud-08-broken = Ein Proxy setzt in jede Antwort eine Zeile von jemand anderem und lässt ein Token ein, wo es nicht hingehört.

# Support sessions that came too late
error-support-changed = Die Organisation hat ihre Regel eben geändert. Versuchen Sie es noch einmal.
notice-support-gone = Wer gefragt hat, hat sich inzwischen abgemeldet: Niemand wurde eingelassen.

## Invitations sent again, and an organisation that is handed over

team-resend = Erneut senden
team-hand-over = Zum Inhaber machen
team-hand-over-heading = Die Organisation an { $name } übergeben?
team-hand-over-text = Die Person wird Inhaber und darf alles, auch Sie entfernen. Sie werden Bearbeiter. Nur die Person kann das wieder ändern.
team-hand-over-yes = Übergeben
notice-invited-again = Der Brief ist wieder unterwegs, mit einem neuen Link. Der alte gilt nicht mehr.
notice-handed-over = Die Organisation hat einen neuen Inhaber. Sie sind jetzt Bearbeiter.
error-invitation-just-sent = Der Brief ging vor weniger als fünf Minuten hinaus. Warten Sie etwas, bevor Sie ihn erneut senden.
event-invitation-resent = Einladung erneut gesendet
event-tenant-owner-changed = Organisation übergeben
matrix-close = Die Organisation übergeben oder schließen

## The life of an organisation: closed, suspended, opened again

tenant-close-title = Die Organisation schließen
tenant-close-text = Ab sofort kommt niemand mehr hinein. { $n } Tage lang können Sie sie in Ihrer Übersicht wieder öffnen; danach wird ihr Schlüssel vernichtet und ihre Datei entfernt, und niemand kann sie zurückholen. Nehmen Sie vorher mit, was Sie behalten wollen.
tenant-close-export = Alles exportieren
tenant-close-export-log = Das Protokoll exportieren
tenant-close-confirm = Zum Schließen ihren Namen in Adressen eingeben
tenant-close-confirm-hint = Das ist { $slug }
tenant-close-button = Die Organisation schließen
error-close-confirm = Geben Sie den Namen der Organisation in Adressen genau so ein, wie er gezeigt wird.
error-suspend-reason = Schreiben Sie warum, in 12 bis 500 Zeichen: Die Inhaber lesen es.
dashboard-shut-closed = Diese Organisation ist geschlossen. Sie wird endgültig gelöscht am
dashboard-shut-reopen = Wieder öffnen
dashboard-shut-suspended = Diese Organisation ist gesperrt. Nichts von ihr geht verloren; ihre Inhaber haben einen Brief, in dem steht, warum.
notice-tenant-closed = Die Organisation ist geschlossen. Sie können sie unten wieder öffnen.
notice-tenant-reopened = Die Organisation ist wieder offen.
notice-tenant-suspended = Die Organisation ist gesperrt, und ihre Inhaber erfahren es.
notice-tenant-resumed = Die Organisation wird wieder eingelassen.
tenants-suspended = Gesperrt
tenants-closed = Vom Inhaber geschlossen
tenants-suspend = Sperren
tenants-resume = Wieder einlassen
tenants-suspend-heading = { $name } sperren?
tenants-suspend-text = Ab sofort kommt von ihren Personen niemand mehr hinein. Nichts geht verloren, und Sie können sie wieder einlassen. Die Inhaber bekommen einen Brief mit dem Grund.
tenants-suspend-reason = Warum
event-tenant-closed = Organisation geschlossen
event-tenant-reopened = Organisation wieder geöffnet
event-tenant-suspended = Organisation gesperrt
event-tenant-resumed = Organisation wieder eingelassen
event-tenant-deleted = Organisation endgültig gelöscht
mail-tenant-closed-subject = { $tenant } wurde geschlossen
mail-tenant-closed-heading = Ihre Organisation ist geschlossen
mail-tenant-closed-line = Ein Inhaber hat { $tenant } geschlossen. Niemand kommt mehr hinein. Bis { $until } kann ein Inhaber sie wieder öffnen; dann wird sie endgültig gelöscht.
mail-tenant-closed-action = Wieder öffnen
mail-tenant-closed-end = Sie bekommen dies, weil die Organisation Ihnen gehört.
mail-tenant-suspended-subject = { $tenant } wurde gesperrt
mail-tenant-suspended-heading = Ihre Organisation ist gesperrt
mail-tenant-suspended-line = Das Personal von { $product } hat { $tenant } gesperrt. Niemand von dort kommt mehr hinein, und nichts geht verloren. Der Grund: { $reason }
mail-tenant-suspended-action = Ansehen
mail-tenant-suspended-end = Sie bekommen dies, weil die Organisation Ihnen gehört. Antworten Sie auf diesen Brief, um darüber zu sprechen.

## What the probes of roles, removals and what cannot be taken back do

promise-ten-07-how-1 = In der Organisation eines Canarys ist ein anderer nacheinander Bearbeiter, Abrechnung und Leser, der erste ihr Inhaber. Als jeder von ihnen wird jede Route einer Organisation aus der eigenen Liste des Programms gerufen, Seite und Operation, und jede Antwort mit der Rechtetabelle verglichen, in beide Richtungen.
promise-ten-07-how-2 = Sieben Wörter werden als Rolle versucht; nur drei dürfen angenommen werden.
promise-ten-07-not = Ob die Tabelle selbst für Ihre Organisation die richtige ist. Was eine Route über das Einlassen hinaus tut: Genannt werden Kennungen, die es nicht gibt, damit nichts geändert wird.
promise-ten-07-broken = Ein Proxy lässt jede Rolle ein, wo die Tabelle ablehnt.
promise-ten-19-how-1 = Als jede Rolle einer Organisation werden Pfade und Methoden gerufen, die die Routenliste des Programms nicht hat, und jede Route des Betreiberbereichs.
promise-ten-19-how-2 = Jede muss abgelehnt werden, ebenso die Tabelle, wenn sie für jede Rolle nach den Rechten des Betreibers gefragt wird.
promise-ten-19-not = Jeden denkbaren Pfad: neun werden als jede Rolle versucht.
promise-ten-19-broken = Ein Proxy beantwortet, was es nicht gibt, als gäbe es das.
promise-ten-08-how-1 = In einem Schatten versucht ein Canary als Leser, Abrechnung und Bearbeiter jeden unumkehrbaren Schritt der Organisation eines anderen: sie zu schließen, sie zu übergeben. Mit der Seite, der Operation, einem Zugriffstoken und mit einer Seite aus der Zeit, als er Inhaber war. Personal versucht es in einer Supportsitzung mit der weitesten Freigabe.
promise-ten-08-how-2 = Der Inhaber muss mit einem Zugriffstoken und ohne den Namen der Organisation abgelehnt und mit ihm eingelassen werden; und er öffnet sie wieder.
promise-ten-08-not = Kündigen und Tarifwechsel: Es gibt in diesem Programm noch keine Tarife. Dass nach dreißig Tagen gelöscht wird, was geschlossen wurde.
promise-ten-08-broken = Ein Proxy nimmt das Schließen von jedem an.
promise-ten-09-how-1 = Ein Canary lädt einen anderen ein. Vom Link des Briefs wird jedes Zeichen einmal verändert; die Signatur wird weggelassen, geleert, von einem anderen Link genommen und verdoppelt.
promise-ten-09-how-2 = Der echte Link wird mit einer anderen Adresse benutzt, mit einer anderen Rolle, richtig, und noch einmal.
promise-ten-09-not = Eine geänderte Zeile in der Datenbank: Das tun Tests, nicht diese Prüfung. Ob jemand anders einen Brief liest.
promise-ten-09-broken = Ein Proxy zeigt jedem Link, was der letzte gute zeigte.
promise-ten-11-how-1 = Ein Canary tritt der Organisation eines anderen bei, betritt sie in vier Sitzungen und mit einem Zugriffstoken und wird entfernt. Mit jedem ruft er weiter; gemessen wird, wann der letzte Aufruf eingelassen wurde.
promise-ten-11-how-2 = Jede Sitzung, die hineingekommen war, muss beendet sein, überall.
promise-ten-11-not = Offene Streams und SSH-Zertifikate: Es gibt in diesem Programm noch keine. Das Zugriffstoken selbst gilt für die eigenen Dinge der Person weiter und öffnet nichts von der Organisation.
promise-ten-11-broken = Ein Proxy antwortet dem Entfernten wie zuvor.
promise-ten-15-how-1 = In einem Schatten versucht Personal die Adresse eines Kunden mit dem eigenen Passwort und umgekehrt, und mit der Anmeldung eines Kunden den Betreiberbereich.
promise-ten-15-how-2 = In einer Supportsitzung sehen sie nach und ändern etwas; jeder Eintrag im Protokoll der Organisation muss den Namen des Mitarbeiters und der Supportsitzung tragen.
promise-ten-15-not = Personal, dem ein Passwort eines Kunden verraten wurde: Nichts unterscheidet es vom Kunden.
promise-ten-15-broken = Ein Proxy schreibt den Namen des Inhabers an das, was Personal tat.

## Privacy

title-sub-processors = Unterauftragsverarbeiter
title-dpa = Auftragsverarbeitung
title-data-locations = Wo die Daten liegen
title-privacy = Datenschutz
title-admin-privacy = Datenschutz
nav-admin-privacy = Datenschutz
processors-heading = Unterauftragsverarbeiter
processors-lede = Jedes Unternehmen außerhalb, das Daten dieser Plattform bekommt. Ein neues wird hier { $n } Tage vor seinem Beginn angekündigt.
processors-feed = Änderungen verfolgen (Atom)
processors-dpa = Vereinbarung zur Auftragsverarbeitung
processors-undeclared = Sendet Daten dorthin, wofür unten kein Unternehmen steht
processors-undeclared-mark = Nicht angegeben
processors-empty-heading = Kein Unternehmen außerhalb bekommt Daten
processors-empty-text = Alles bleibt auf den eigenen Maschinen des Betreibers. Sollte sich das ändern, wird es zuerst hier angekündigt.
processors-now = Tätig
processors-coming = Angekündigt
processors-before = Früher
processors-company = Unternehmen
processors-purpose = Wozu
processors-country = Wo
processors-since = Seit
processors-hosts = Rechnernamen
processors-hosts-hint = Namen der Rechner, an die dieses Programm für das Unternehmen etwas sendet, durch Leerzeichen getrennt.
processors-end = Beenden
processors-announce = Ein Unternehmen ankündigen
processors-announce-text = Es steht sofort öffentlich da und beginnt seine Arbeit in { $n } Tagen, damit Kunden widersprechen können.
processors-announce-button = Ankündigen
processors-at-work = Es ist schon tätig: Die Liste soll wahr werden
error-processor-line = Füllen Sie dies aus, mit höchstens 200 Zeichen.
error-processor-hosts = Schreiben Sie Rechnernamen wie mail.example.com, höchstens zwanzig.
error-processor-many = Auf der Liste stehen 200 Unternehmen: mehr gehen nicht.
notice-processor-announced = Das Unternehmen steht auf der öffentlichen Liste.
notice-processor-ended = Das Unternehmen steht unter den früheren.
dpa-sign-link = Unterzeichnen
dpa-as-text = Als reiner Text
dpa-signed = Unterzeichnet
dpa-receipt-id = Nummer
dpa-receipt-at = Unterzeichnet am
dpa-receipt-keep = Bewahren Sie diese Seite und den Text auf. Die Prüfsumme sagt, welchen Text Sie unterzeichnet haben.
dpa-digest = SHA-256 des Textes
dpa-sign-heading = Die Vereinbarung unterzeichnen
dpa-sign-text = Dazu braucht es kein Konto und keinen Kauf. Was Sie hier schreiben, wird als Nachweis des Vertrags aufbewahrt.
dpa-sign-button = Unterzeichnen
dpa-company = Unternehmen
dpa-signatures = Wer die Vereinbarung unterzeichnet hat
dpa-signatures-empty = Noch niemand. Unter /dpa kann jeder unterzeichnen, ohne Konto.
error-dpa-company = Schreiben Sie den Namen des Unternehmens, mit höchstens 200 Zeichen.
error-dpa-many = Zu viele Unterschriften heute: Versuchen Sie es morgen wieder, oder schreiben Sie uns.
locations-heading = Wo die Daten liegen
locations-lede = Die Daten einer Organisation bleiben in der Region, die bei ihrer Gründung gewählt wurde.
locations-regions = Regionen
locations-region = Region
locations-place = Ort
locations-holds = Was dort liegt
locations-holds-text = Daten der Organisationen, Konten, das Protokoll und Sicherungen, die dieses Programm macht
locations-unsaid = Der Betreiber hat nicht gesagt, wo seine Maschinen stehen
locations-foot = Dass Daten in ihrer Region liegen, wird immer wieder geprüft; wo das auf einer Karte ist, sagt der Betreiber.
privacy-heading = Was aufbewahrt wird, und wozu
privacy-lede = Diese Liste ist die des Programms selbst: Tests vergleichen sie mit jeder Spalte seiner Tabellen.
privacy-rights = Wer ein Konto hat, kann in den Einstellungen alles mitnehmen, was über ihn aufbewahrt wird, und sich selbst anonymisieren, ohne jemanden zu fragen. Danach ist der Schlüssel der Person vernichtet, und was darunter versiegelt war, kann niemand mehr lesen. Es bleiben: Einträge des Protokolls mit einer Kennung, hinter der niemand mehr steht, die Aufzeichnung, welche Bearbeiter in eine Organisation geschaut haben, und Unterschriften unter der Vereinbarung, die einen Vertrag belegen. Kopien in Sicherungen bleiben lesbar, bis die Sicherungen des Betreibers ablaufen.
privacy-settings = Einstellungen
privacy-show = Die Spalten zeigen
privacy-kind-sealed = Versiegelt unter einem Schlüssel, der vernichtet werden kann
privacy-kind-pseudonym = Verweist mit einer Kennung auf eine Person
privacy-kind-credential = Nur als Hash: niemand kann es lesen
privacy-kind-plain = Sagt nichts über eine Person
admin-privacy-title = Datenschutz
admin-privacy-lede = Was die öffentlichen Seiten über Unternehmen außerhalb sagen, und wer die Vereinbarung unterzeichnet hat.
settings-privacy = Datenschutz
settings-privacy-text = Nehmen Sie alles mit, was über Sie aufbewahrt wird, oder lassen Sie sich vergessen: Name, Adresse, Geräte und Faktoren gehen sofort, und Ihr Schlüssel wird vernichtet. Niemand kann das rückgängig machen.
settings-privacy-more = Was aufbewahrt wird, und wozu
settings-privacy-export = Alles über mich exportieren
settings-privacy-anonymise = Mich anonymisieren …
settings-privacy-sure = Sich vergessen lassen?
settings-privacy-sure-text = Sie werden überall abgemeldet, und niemand kann sich mehr mit Ihrer Adresse anmelden. Ihre Organisationen verlieren Sie als Mitglied. Einträge des Protokolls bleiben, ohne Namen dahinter. Es gibt keinen Weg zurück.
settings-privacy-yes = Ja, mich anonymisieren
notice-anonymised = Sie sind hier vergessen. Von dem, was bleibt, führt nichts zu Ihnen.
notice-owns-alone = Eine Organisation gehört Ihnen allein: Übergeben oder schließen Sie sie zuerst.
notice-last-staff = Niemand sonst betreibt diese Plattform: Sie wäre ohne Personal.
event-account-anonymised = Konto anonymisiert
event-account-exported = Eigene Daten exportiert
event-dpa-signed = Vereinbarung zur Auftragsverarbeitung unterzeichnet
event-processor-announced = Unterauftragsverarbeiter angekündigt
event-processor-ended = Unterauftragsverarbeiter beendet
nav-privacy = Datenschutz
nav-sub-processors = Unterauftragsverarbeiter
nav-dpa = Vereinbarung

## Problems of privacy

problem-privacy-last-staff = Jemand muss die Plattform betreiben
problem-privacy-last-staff-meaning = Das Konto ist das einzige des Personals. Ohne es könnte niemand mehr diese Plattform betreiben. Nichts wurde geändert.
problem-privacy-last-staff-help = Lassen Sie zuerst jemand anderen Personal werden.
problem-privacy-other-text = Die Vereinbarung hat jetzt einen anderen Text
problem-privacy-other-text-meaning = Die Prüfsumme, die mit der Unterschrift kam, ist nicht die des geltenden Textes: Der Text wurde geändert, nachdem die Seite geöffnet war, oder die Prüfsumme wurde verändert. Nichts wurde unterzeichnet.
problem-privacy-other-text-help = Öffnen Sie /dpa erneut, lesen Sie den Text, und unterzeichnen Sie.
problem-privacy-owns-alone = Etwas gehört Ihnen allein
problem-privacy-owns-alone-meaning = Sie sind der einzige Inhaber einer Organisation. Würden Sie vergessen, könnte sie niemand mehr führen. Nichts wurde geändert.
problem-privacy-owns-alone-help = Übergeben Sie die Organisation einem anderen Mitglied, oder schließen Sie sie, und versuchen Sie es dann erneut.

## What the probes of privacy do

promise-prv-01-how-1 = In einem Schatten wird jemand eingeladen, eröffnet ein Konto, hinterlässt Köder in Name, Token und Passkey und lässt sich vergessen.
promise-prv-01-how-2 = Danach wird der Köder in jeder Liste und jedem Export gesucht, die ihn vorher zeigten, von denen, die sie sehen dürfen, in jeder Datei und in jeder Zelle der Tabellen. Sitzung, Anmeldung und Schlüssel müssen weg sein, und kein Eintrag des Protokolls über die Person darf noch sagen, woher er kam.
promise-prv-01-not = Kopien, die andere vorher gemacht haben: Exporte, Bildschirmfotos, angekommene Briefe. Backups bleiben lesbar, bis sie ablaufen. Ein Suchindex: Den gibt es in diesem Programm nicht.
promise-prv-01-broken = Ein Proxy beantwortet die Liste der Personen so, wie sie zuerst war.
promise-web-01-how-1 = In einem Schatten öffnet jemand Neues die Einstellungen, folgt dem Export und sendet das Formular zum Anonymisieren. Beides muss auf dieser Seite stehen und wirken.
promise-web-01-not = Wie es in einem Browser aussieht: Das sehen Tests mit einem echten. Wie viele Sekunden ein Mensch braucht.
promise-web-01-broken = Ein Proxy nimmt das Formular aus der Seite.
promise-prv-02-how-1 = Jeder fremde Host, den eine Einstellung des Programms nennt, muss zu einem Unternehmen der Liste gehören, das tätig ist. Seite und Feed müssen jedem offen stehen und jedes Unternehmen nennen.
promise-prv-02-not = Was Bearbeiter von Hand anderswohin senden und was andere Programme auf diesen Maschinen senden. Der Verkehr selbst wird nicht beobachtet; verglichen werden die Einstellungen, die ihn verursachen. Ob ein Unternehmen tut, was die Liste sagt.
promise-prv-02-broken = Es heißt, Daten gingen an einen Host, für den kein Unternehmen steht.
promise-web-03-how-1 = Die Seite, der Feed und die Liste für Programme werden ohne Anmeldung abgerufen.
promise-web-03-not = Ob sie aus jedem Netz erreichbar ist: Abgerufen wird dort, wo dieses Programm läuft.
promise-web-03-broken = Ein Proxy schickt Fremde zur Anmeldung.
promise-prv-03-how-1 = Ohne Anmeldung wird der Text der Vereinbarung abgerufen und sein Digest berechnet; er muss der auf der Seite und der sein, der unterschrieben wird, und die Seite muss das Formular zum Unterschreiben haben.
promise-prv-03-not = Ob der Text rechtlich taugt. Abgerufen wird dort, wo dieses Programm läuft, nicht von einem zweiten Ort.
promise-prv-03-broken = Ein Proxy fügt dem Text einen Satz hinzu.
promise-prv-04-how-1 = Für die Organisation jedes Kanarienkontos muss ihre Datei im Ordner ihrer Region liegen und nirgends eine andere von ihr. Bei einer Gründung werden fünf andere Regionen verlangt und für eine bestehende Organisation eine.
promise-prv-04-not = Wo auf der Landkarte die Maschine steht: Das sagt der Betreiber, unter /data-locations. Backups, die der Betreiber woanders hinträgt. Netzverkehr.
promise-prv-04-broken = In einem Schatten wird die Datei einer Organisation in den Ordner einer anderen Region kopiert.

## The whole log as a file

audit-archive = Ganzes Protokoll, mit Beweis
audit-archive-hint = Fern von hier gegen seinen signierten Prüfpunkt geprüft:
event-audit-archived = Ganzes Protokoll gesichert

## Refused calls

event-access-refused = Aufruf der Verwaltung abgelehnt

## What the probes of the log do

promise-aud-03-how-1 = In einem Schatten ruft ein Kunde jede Adresse des Betreiberbereichs und der Organisation eines anderen auf, als Seite und als Operation; jeder abgelehnte Aufruf muss im Protokoll stehen, mit seiner Spur.
promise-aud-03-how-2 = Danach tun Bearbeiter alles, was sie in einem Schatten tun können; auch das muss im Protokoll stehen.
promise-aud-03-not = Dass Bearbeiter eine Seite angesehen haben, außer in einer Support-Sitzung oder beim Export. Zeilen dieser Seite ausführen, brechen, veröffentlichen und anhalten Personen importieren sowie die Formulare der Seiten: Das prüfen Tests. Adressen, die das Formular eines Fremden ablehnen, bevor sie fragen, wer er ist. Was eine Rolle innerhalb einer Organisation nicht darf: Das prüfen Tests. Von mehr als 600 abgelehnten Aufrufen eines Kontos in einer Organisation in zehn Minuten hat das Protokoll die Zahl.
promise-aud-03-broken = Ein Proxy nimmt die Ablehnungen aus dem, was das Protokoll antwortet.
promise-aud-07-how-1 = In einem Schatten exportieren Bearbeiter das Protokoll als Tabelle, als Zeilen und ganz. Das ganze wird ohne den Server geprüft: der Hash jedes Eintrags bis zur signierten Wurzel. Keine Zeile der beiden anderen darf fehlen.
promise-aud-07-how-2 = Danach wird ein Eintrag weggelassen, verdoppelt und verändert, an bis zu 11 Stellen, und eine Zeile weggelassen; jedes muss gefunden werden.
promise-aud-07-not = Ob ein Ereignis überhaupt aufgeschrieben wurde und ob eine neuere Datei mehr hätte: Sie ist ganz bis zu ihrem eigenen Prüfpunkt. Was die Zellen einer Zeile sagen, außer welcher Eintrag sie ist. Ein gefilterter Export oder der Teil einer Organisation: Dass es alles ist, was der Filter findet, kann die Datei nicht zeigen. Die neuesten Zeilen, wenn ein Export als älter ausgegeben wird.
promise-aud-07-broken = Ein Proxy lässt einen Eintrag aus der Datei weg.
promise-web-02-how-1 = In einem Schatten gehen Bearbeiter von Link zu Link: zur Seite, filtern nach einem hinterlegten Eintrag, öffnen ihn, exportieren das Gezeigte in drei Formaten und nehmen das ganze Protokoll mit.
promise-web-02-how-2 = Ein Kunde darf dort nichts finden, und wer nicht angemeldet ist, muss zur Anmeldung geschickt werden.
promise-web-02-not = Wie es in einem Browser aussieht und wirkt: Das prüfen Tests mit einem echten.
promise-web-02-broken = Ein Proxy nimmt die Links zu Einträgen aus der Seite.

## Who signs

dpa-signer = Unterschrieben von

## Origins that may call the API

tenant-origins-title = Aufrufe der API von anderen Websites
tenant-origins-text = Eine Seite einer anderen Website kann die API für diese Organisation nur aufrufen, mit einem Zugriffstoken, wenn ihr Ursprung hier steht. Programme außerhalb von Browsern betrifft das nicht, und ein Cookie gilt nie für eine andere Website.
tenant-origins-list = Ursprünge, die aufrufen dürfen, einer je Zeile
tenant-origins-hint = Genau so, wie Browser ihn senden: https:// und der Host, mit Port, wenn es nicht der übliche ist. Ohne Pfad und ohne Platzhalter.
tenant-origins-others = Was mit anderen geschieht
tenant-origins-enforce = Aufrufe von anderen Ursprüngen werden abgelehnt
tenant-origins-report = Aufrufe von anderen Ursprüngen werden durchgelassen und im Protokoll vermerkt, um zu sehen, wer aufruft
tenant-origins-none = Kein Ursprung ist eingetragen.
error-origin-invalid = Eine Zeile ist kein Ursprung. Schreiben Sie jeden wie https://crm.example.com: https:// und der Host, ohne Pfad und ohne Platzhalter.
error-origin-many = Tragen Sie höchstens 50 Ursprünge ein.
error-origin-mode = Der Modus ist entweder enforce oder report.
event-tenant-origins-changed = Ursprünge, die die API aufrufen dürfen, geändert
event-access-reported = Ein Aufruf von einem nicht eingetragenen Ursprung wurde durchgelassen
problem-kernel-origin-not-listed = Dieser Ursprung darf die API nicht aufrufen
problem-kernel-origin-not-listed-meaning = Eine Seite einer anderen Website hat die API mit einem Zugriffstoken aufgerufen, und ihr Ursprung steht nicht in der Liste der Organisation, um die es geht. Was keine Organisation betrifft, steht anderen Websites gar nicht offen.
problem-kernel-origin-not-listed-help = Ein Eigentümer der Organisation trägt den Ursprung in ihren Einstellungen ein, unter „Aufrufe der API von anderen Websites“, genau so, wie der Browser ihn sendet. Ein Programm auf einem Server braucht keinen Eintrag: Es sendet keinen Origin-Header.
promise-edg-10-how-1 = Ein Kanarienkonto trägt einen Ursprung ein, erstellt ein Zugriffstoken und ruft alles von der API auf, was das Token öffnet, wie es Seiten anderer Websites täten: ein nicht eingetragener Ursprung, ähnliche Namen, andere Ports, ohne TLS, null und eine Seite, die ihren Ursprung verbirgt.
promise-edg-10-how-2 = Jeder Aufruf muss wegen seines Ursprungs abgelehnt werden, und keinem Browser, der vorher fragt, darf etwas erlaubt werden. Der eingetragene Ursprung muss hineinkommen, sonst zählt nichts.
promise-edg-10-not = Dass ein Token in den richtigen Händen ist: Ein Programm, das keinen Origin-Header sendet, ist keine Seite, und die Liste hält es nicht auf.
promise-edg-10-broken = Ein Proxy beantwortet Aufrufe von allen Ursprüngen.
promise-web-07-how-1 = Ein Kanarienkonto ändert seine Liste viermal, fügt Ursprünge hinzu und nimmt sie weg, und ruft die API sofort von ihnen aus auf: Was eingetragen ist, muss hineinkommen, was nicht, muss abgelehnt werden. Gemessen wird, wie lange die alte Liste noch galt.
promise-web-07-how-2 = Es ändert die Liste noch einmal im Formular der Einstellungen; das muss gelten und gezeigt werden.
promise-web-07-not = Wer sie ändern darf: Das zeigt die Zeile über Rollen. Wer sie ändert, muss sich innerhalb von zehn Minuten ausgewiesen haben.
promise-web-07-broken = Ein Proxy antwortet weiter nach der ersten Liste.

## Staff

nav-admin-staff = Team
title-admin-staff = Team
title-staff-join = Dem Team beitreten
title-staff-agreement = Verpflichtung zur Vertraulichkeit
staff-title = Team
staff-lede = Wer diese Plattform betreibt. Alle haben ein eigenes Konto, haben unterschrieben, dass sie für sich behalten, was sie sehen, und werden regelmäßig überprüft: Brauchen sie es noch?
staff-agreement = Verpflichtung zur Vertraulichkeit
staff-count =
    { $n ->
        [one] Eine Person betreibt die Plattform
       *[other] { $n } Personen betreiben die Plattform
    }
staff-overdue-count =
    { $n ->
        [one] Eine Überprüfung ist überfällig
       *[other] { $n } Überprüfungen sind überfällig
    }
staff-since = Seit
staff-signed = Unterschrieben
staff-unsigned = Noch nicht: Nichts ist offen
staff-review = Überprüfung
staff-due = fällig
staff-overdue = überfällig seit
staff-duties = Braucht den Zugang für
staff-duties-of = Wofür { $name } den Zugang braucht
staff-duties-hint = In wenigen Worten: Fragen von Kunden, Abrechnung, Betrieb der Server.
staff-you = Sie
staff-review-button = Braucht ihn noch
staff-remove = Entfernen
staff-review-text =
    { $n ->
        [one] Jede Person wird jeden Tag von einer anderen überprüft. Wer allein ist, überprüft sich selbst.
       *[other] Jede Person wird alle { $n } Tage von einer anderen überprüft. Wer allein ist, überprüft sich selbst.
    }
staff-invitations = Eingeladen
staff-until = Bis
staff-invitation-revoke = Zurückziehen
staff-invite = Jemanden einladen
staff-invite-text = Die Person bekommt einen Brief mit einem Link, der einmal funktioniert, sieben Tage lang. Damit eröffnet sie ein Konto nur für diese Arbeit und unterschreibt die Verpflichtung zur Vertraulichkeit. Eine Adresse mit einem Kundenkonto kann nicht verwendet werden.
staff-invite-button = Einladen
staff-join-title = Helfen Sie, { $product } zu betreiben
staff-join-lede = Sie sind als { $email } eingeladen. Damit eröffnen Sie ein Konto nur für diese Arbeit.
staff-join-button = Unterschreiben und Konto eröffnen
staff-join-gone = Dieser Link funktioniert nicht mehr
staff-join-gone-text = Er wurde benutzt, zurückgezogen oder ist älter als sieben Tage. Bitten Sie, wer Sie eingeladen hat, um einen neuen.
staff-agreement-sign = Ich habe die Verpflichtung zur Vertraulichkeit gelesen und unterschreibe sie
staff-agreement-digest = SHA-256 des Textes
staff-agreement-wanted = Unterschreiben Sie sie, bevor es weitergeht
staff-agreement-wanted-text = Sie gehören zum Team, und vorher steht Ihnen nichts vom Bereich des Betreibers offen.
staff-agreement-button = Unterschreiben
notice-staff-reviewed = Vermerkt: Der Zugang wird noch gebraucht.
notice-staff-removed = Die Person gehört nicht mehr zum Team. Was sie offen hatte, ist beendet.
notice-staff-joined = Ihr Konto ist offen, und Ihre Unterschrift steht im Protokoll.
notice-agreement-signed = Ihre Unterschrift steht im Protokoll.
error-staff-has-account = Diese Adresse hat schon ein Konto. Wer zum Team gehört, braucht ein eigenes, mit einer anderen Adresse.
error-staff-duties = Sagen Sie in höchstens 200 Zeichen, wofür der Zugang ist.
error-staff-review-own = Ob Sie den Zugang noch brauchen, muss jemand anderes prüfen.
error-agreement-unsigned = Unterschreiben Sie die Verpflichtung zur Vertraulichkeit in ihrer jetzigen Fassung: Ohne sie wird kein Konto eröffnet.
event-staff-added = Jemand ist dem Team beigetreten
event-staff-agreement-signed = Verpflichtung zur Vertraulichkeit unterschrieben
event-staff-invitation-revoked = Einladung ins Team zurückgezogen
event-staff-invited = Jemand wurde ins Team eingeladen
event-staff-removed = Jemand wurde aus dem Team entfernt
event-staff-reviewed = Der Zugang eines Teammitglieds wurde überprüft
mail-staff-invite-subject = { $inviter } lädt Sie ins Team von { $product } ein
mail-staff-invite-heading = Helfen Sie, { $product } zu betreiben
mail-staff-invite-line = { $inviter } lädt Sie ins Team von { $product } ein. Mit dem Link eröffnen Sie ein Konto für diese Arbeit und unterschreiben eine Verpflichtung zur Vertraulichkeit. Er funktioniert einmal und endet nach sieben Tagen.
mail-staff-invite-action = Einladung ansehen
mail-staff-invite-end = Sie kennen diese Person nicht? Dann ist nichts zu tun: Ohne den Link geschieht nichts.
problem-kernel-agreement-wanted = Die Verpflichtung zur Vertraulichkeit ist nicht unterschrieben
problem-kernel-agreement-wanted-meaning = Das Konto gehört zum Team der Plattform, und wem es gehört, hat noch nicht unterschrieben, dass er oder sie für sich behält, was zu sehen ist. Bis dahin ist nichts vom Bereich des Betreibers offen.
problem-kernel-agreement-wanted-help = Öffnen Sie /staff/agreement im Browser, lesen und unterschreiben Sie; mit der API: sign_staff_agreement.
problem-identity-last-staff = Niemand bliebe übrig
problem-identity-last-staff-meaning = Das ist die einzige Person, die die Plattform betreibt und unterschrieben hat. Ohne sie könnte niemand jemanden hineinlassen.
problem-identity-last-staff-help = Laden Sie zuerst jemand anderen ein und lassen Sie die Person beitreten.
promise-prv-26-how-1 = In einer Schattenkopie lädt das Team jemanden ein, der versucht, ohne Unterschrift, mit einer leeren und durch Unterschrift unter einen anderen Text beizutreten. Jedes Mal muss abgelehnt werden, und nichts vom Bereich des Betreibers darf offen sein.
promise-prv-26-how-2 = Dann unterschreibt der Gast und muss hineinkommen, sonst zählt nichts; alle in der Liste müssen unterschrieben haben. Nach dem Entfernen wird jede Seite und Ressource des Betreiberbereichs noch einmal versucht und muss geschlossen sein.
promise-prv-26-not = SSH und Server: Es gibt in diesem Programm noch keine. Ob der Text rechtlich taugt: Lassen Sie ihn prüfen. Wer auf der Maschine selbst ist, braucht kein Konto.
promise-prv-26-broken = Ein Proxy antwortet denen, die nicht unterschrieben haben, als wären sie eingelassen.
promise-ten-22-how-1 = Für jede Person des Teams liest die Prüfung, wann eine andere zuletzt geschaut hat, ob sie den Zugang noch braucht, oder seit wann sie ihn hat, und vergleicht es mit dem eingestellten Abstand.
promise-ten-22-not = Ob, wer geschaut hat, gut geschaut hat, und ob die Worte über jemandes Aufgaben stimmen. Rollen innerhalb von Organisationen sind deren Sache.
promise-ten-22-broken = In einer Schattenkopie wird jemandes letzte Überprüfung Jahre alt gemacht.

## Set-up: the agreement

setup-sign = Wer die Installation eröffnet, ist das erste Mitglied ihres Teams und unterschreibt damit:

## Access groups

title-groups = Zugriffsgruppen
title-group = Zugriffsgruppe
title-group-new = Neue Zugriffsgruppe
groups-title = Zugriffsgruppen
groups-lede = Eine Gruppe erlaubt oder verbietet ihren Mitgliedern etwas, gleich was deren Rollen sagen. Was eine Gruppe verbietet, ist verboten, auch wenn eine andere es erlaubt. Es gilt sofort.
groups-link = Zugriffsgruppen: wer was darf
groups-new = Neue Gruppe
groups-heading = Gruppen
groups-empty = Es gibt noch keine Gruppe: Alle dürfen, was ihre Rolle sagt.
groups-effect = Wer was darf
groups-effect-text = Neben einer Antwort steht die Gruppe, die sie entscheidet; steht keine da, entscheidet die Rolle. Rollen, Einladungen, das Einlassen des Teams der Plattform und das Schließen der Organisation bleiben bei den Inhabern, gleich was Gruppen sagen.
groups-owner = Gruppen binden Inhaber nicht
group-name = Name
group-name-hint = Zum Beispiel: Nachtschicht, Buchhaltung, Praktikum.
group-rules = Regeln
group-members = Mitglieder
group-nobody = Niemand
group-lede = Wählen Sie, was die Gruppe erlaubt oder verbietet und wer dazugehört.
group-as-role = Wie die Rolle sagt
group-allow = Erlaubt
group-deny = Verboten
group-effect = Die Regeln gelten ab der nächsten Anfrage, auch mit Zugriffstoken. Inhaber binden sie nicht. Das Audit-Protokoll nennt Personen, und zu ihm gehört die Seite des Support-Zugriffs.
group-save = Gruppe speichern
group-edit = Bearbeiten
group-delete = Löschen
group-delete-heading = Die Gruppe „{ $name }“ löschen?
group-delete-text = Ihre Mitglieder dürfen ab der nächsten Anfrage wieder, was ihre Rollen und andere Gruppen sagen.
notice-group-saved = Die Gruppe ist gespeichert und gilt ab jetzt.
notice-group-deleted = Die Gruppe ist gelöscht.
error-group-many = Es gibt schon 50 Gruppen. Löschen Sie zuerst eine.
error-group-name = Eine andere Gruppe heißt schon so.
error-group-rule = Eine Regel nennt eine Funktion (team, settings, audit) und sagt allow oder deny.
error-group-empty = Wählen Sie mindestens eine Regel: Ohne eine sagt die Gruppe nichts.
error-group-member = Jemand in der Liste ist nicht (mehr) Mitglied der Organisation.
error-group-members-many = Eine Gruppe hat höchstens 500 Mitglieder.
event-group-created = Zugriffsgruppe angelegt
event-group-changed = Zugriffsgruppe geändert
event-group-deleted = Zugriffsgruppe gelöscht

## TEN-17

promise-ten-17-how-1 = Mit zwei Kanarienkonten: Der Inhaber verbietet einem Mitglied, das Bearbeiter ist, durch eine Gruppe eine Funktion nach der anderen. Jede Seite, die zur Funktion gehört, wird mit der Sitzung des Mitglieds versucht, jede Operation der API mit der Sitzung und mit seinem Zugriffstoken; nur was ein einzelnes Ding darin nennt, bleibt aus. Alle müssen geschlossen sein, auch solange eine andere Gruppe die Funktion erlaubt, und das Mitglied darf die Regel nicht aufheben.
promise-ten-17-how-2 = Umgekehrt erlaubt eine Gruppe einem Leser, was seine Rolle nicht erlaubt: Dann muss es offen sein und ohne die Gruppe wieder geschlossen. Vor jeder Regel muss alles offen sein, sonst zählt nichts.
promise-ten-17-not = Funktionen, die dieses Programm noch nicht hat (Server, Aufnahmen, Anrufe): Sie bekommen ihre Regeln mit sich selbst. Die eigenen Programme einer Plattform müssen fragen, bevor sie handeln.
promise-ten-17-broken = Ein Proxy beantwortet die Ablehnungen der API, als wäre eingelassen worden: Regeln, die nur Seiten binden.

## Scopes

scope-all = Alles, was ein Token darf
scope-tenant-read = Organisationen und ihre Teams sehen
scope-tenant-write = Einstellungen von Organisationen ändern
scope-tenant-admin = Personen, Rollen, Gruppen und Support-Zugriff verwalten; alles exportieren
scope-audit-read = Audit-Protokolle von Organisationen lesen
scope-account-read = Ihr Konto lesen
scope-account-write = Ihr Konto ändern, Organisationen gründen und ihnen beitreten
scope-platform-read = Sehen, was das Team sieht
scope-platform-write = Tun, was das Team tut
tokens-scopes = Was es darf
tokens-scopes-hint = Nie mehr, als Sie selbst dürfen, und nie, womit man hineinkommt: Passwort, zweite Faktoren, Sitzungen und Token.
tokens-only = Wo
tokens-only-all = In allen meinen Organisationen
tokens-only-gone = eine Organisation, zu der Sie nicht mehr gehören
error-scope-unknown = Einen der Bereiche gibt es nicht. Es gibt tenant:read, tenant:write, tenant:admin, audit:read, account:read, account:write, platform:read, platform:write und all.
error-scope-none = Wählen Sie mindestens etwas, das das Token darf.
error-scope-staff = platform:read und platform:write sind für das Team der Plattform.
error-token-tenant = Sie gehören nicht zu dieser Organisation.
problem-kernel-scope-wanted = Das Zugriffstoken darf das nicht
problem-kernel-scope-wanted-meaning = Das Token wurde für etwas anderes angelegt oder nur für eine Organisation; die Antwort nennt den Bereich, der fehlt. Ob die Person, der es gehört, es dürfte, wurde nicht geprüft.
problem-kernel-scope-wanted-help = Legen Sie unter Zugriffstoken ein Token mit diesem Bereich an, und widerrufen Sie dieses.

## Search among organisations

tenants-search = Teil eines Namens
tenants-search-button = Suchen
tenants-search-none = Keine Organisation heißt so.
tenants-search-all = Alle zeigen

## Scopes and pages

error-scope-only = Ein Token für eine Organisation hat nur Bereiche von Organisationen: tenant und audit, oder all.
error-group-changed = Jemand anderes hat die Gruppe inzwischen geändert, und nichts wurde gespeichert. Sehen Sie sie in der Liste der Gruppen an; speichern Sie noch einmal, wenn gelten soll, was hier steht.
api-scope = Bereich
problem-kernel-token-on-page = Zugriffstoken sind für die API
problem-kernel-token-on-page-meaning = Eine Seite zeigt mehr von ihrer Person, als ein Bereich eines Tokens sagt. Deshalb öffnen Token, was mit /api/ beginnt, und keine Seite.
problem-kernel-token-on-page-help = Rufen Sie die Operation der API auf, die dasselbe beantwortet; sie stehen unter /docs/api. Für Seiten melden Sie sich an.
