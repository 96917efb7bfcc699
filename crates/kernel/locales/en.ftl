## Used on many pages
skip = Skip to content
actions = Actions
cancel = Cancel
older = Older
never = never
none = none
yes = yes
no = no
breadcrumb = Breadcrumb
to-overview = To the overview
copy = Copy: { $what }
copy-done = Copied
copy-failed = Not copied: select the text and copy it by hand

## Page titles
title-signin = Sign in
title-signup = Create an account
title-setup = Set-up
title-dashboard = Overview
title-sessions = Sessions
title-tokens = Access tokens
title-settings = Settings
title-team = Team
title-tenant-settings = Organisation
title-new-tenant = New organisation
title-invite = Invitation
title-people = People
title-tenants = Organisations
title-audit = Audit log
title-posture = Proofs
title-catalogue = Catalogue of claims
title-changes = Changes
title-jobs = Mail and jobs
title-admin-settings = Operator settings
title-security = Security
title-claim = Security claim
title-api = API
title-mail = Mail kept here
title-recover = Reset your password
title-reset = Set a new password
title-confirm = Confirm your address
title-sent = Look into your mail
title-problem = Problem

## Navigation
nav-main = Main
nav-customer = Your account and organisation
nav-switch = Switch organisation
nav-tenants = Your organisations
nav-new-tenant = New organisation
nav-overview = Overview
nav-team = Team
nav-tenant-settings = Organisation
nav-sessions = Sessions
nav-tokens = Access tokens
nav-settings = Settings
nav-security = Security
nav-security-page = Security page
nav-api = API
nav-mail = Mail
nav-operator = Operator area
nav-operator-plate = OP
nav-operator-scope = all organisations
nav-admin-tenants = Organisations
nav-admin-people = People
nav-admin-audit = Audit log
nav-admin-posture = Proofs
nav-admin-jobs = Mail and jobs
nav-admin-settings = Settings
nav-back = Back to your account
nav-account = Your account
nav-sign-in = Sign in
nav-keys = Public keys
nav-checkpoint = Checkpoint
menu-open = Menu
menu-account = Account of { $name }
menu-sign-out = Sign out
gate-proven = What is proven about this service
public-footer = Tested and signed by Vouchsafe { $version }, run by { $product }. Times are UTC.

## Forms
errors-heading =
    { $n ->
        [one] One thing has to be put right
       *[other] { $n } things have to be put right
    }
errors-kept = Nothing was changed. What you typed is still here, except passwords.
field-optional = (optional)
field-email = E-mail
field-name = Your name
field-password = Password
field-new-password = New password
field-organisation = Name of the organisation
field-product = Name of your service
field-product-hint = It stands on every page and in every mail. Up to 60 characters.
field-accent = Colour of links and buttons
field-accent-hint = Pick one that is dark enough to read on white. In the dark appearance it is lightened.
password-hint = 12 to 128 characters that nobody guesses soon: a few unrelated words do. Any characters; pasting is fine.
password-hint-classic = 12 to 128 characters, with a capital, a small letter, a digit and a sign. Pasting is fine.
error-email-invalid = Enter an e-mail address, like name@example.org
error-email-long = This e-mail address is too long: at most 254 characters
error-name-empty = Enter a name
error-name-long = This name is too long: at most 80 characters
error-password-short = This password is too short: at least 12 characters
error-password-long = This password is too long: at most 128 characters
error-password-same = Choose a password that is not your e-mail address or your name
error-password-common = This password is guessed too soon: choose another, a few unrelated words for example
error-organisation-empty = Enter the name of the organisation
error-organisation-long = This name is too long: at most 80 characters
error-role-unknown = Choose one of the roles
error-expiry-range = Choose between 1 and 90 days
error-accent-invalid = Enter a colour like #0f4c81
error-product-empty = Enter the name of your service
error-product-long = This name is too long: at most 60 characters
error-word-wrong = This is not the word of the kit: look it up and type it again
error-signin = E-mail and password do not fit together
error-busy = Too many tries at once: wait a moment, then try again
error-reason-empty = Enter a reason
error-already-member = This person is a member already
error-last-owner = An organisation needs an owner: make somebody else owner first
error-logo-type = The logo has to be a PNG or WebP picture
error-logo-size = The logo is too large: at most 128 KiB
error-contact-invalid = Enter an e-mail address as contact, or leave it empty
error-description-long = This description is too long: at most 500 characters
error-current-wrong = This is not your current password
error-date = Enter a date like 2026-11-23

## What the last action did
notice-signed-out = You are signed out on this device.
notice-confirmed = Your address is confirmed. Sign in to start.
notice-password-changed = Your password is changed. Your other sessions are signed out.
notice-password-reset = Your new password is set, and every session was signed out. Sign in with it.
notice-session-revoked = That session is signed out. Its next request is refused.
notice-others-revoked = Your other sessions are signed out. This one stays.
notice-profile-saved = Your name is saved.
notice-theme-saved = The appearance is saved on this device.
notice-language-saved = The language is saved.
notice-token-revoked = The token is revoked. Its next request is refused.
notice-invited = The invitation is on its way.
notice-invitation-revoked = The invitation is withdrawn. Its link no longer works.
notice-role-changed = The role is changed, from the next request on.
notice-member-removed = The person is removed, and is out at the next request.
notice-tenant-created = The organisation is created. You are its owner.
notice-settings-saved = The settings are saved.
notice-reset-sent = A reset link is on its way. The password stays as it is until the link is used.
notice-joined = You have joined the organisation.
notice-sign-in-first = Sign in first. You then come back to the page that you asked for.
notice-session-ended = Your session has ended: it was signed out elsewhere, or it was too old. Nothing was lost; sign in again.
notice-posture-falsify = The probe is sent against a broken system, and then against this one. Look again in a moment.
notice-claim-published = Published. The change is in the public ledger.
notice-claim-withdrawn = Withdrawn. The page says so, with your reason.
notice-claim-paused = Testing of this line is paused. The page says so, with your reason.
notice-attestation-received = Received. It counts once a second person has approved it.
notice-attestation-approved = Approved. The page names it and its expiry now.
notice-attestation-withdrawn = Taken back.
notice-posture-run = The proofs are running. Their results appear here one by one.
notice-paused = Testing is paused. The security page says so.
notice-resumed = Testing goes on. Claims count as proven again once they are tried again.

## Sign-in
signin-title = Sign in
signin-lede = to the console of { $product }
signin-button = Sign in
signin-forgotten = Forgotten the password?
signin-sign-up = Create an account

## Sign-up
signup-title = Create an account
signup-lede = at { $product }
signup-button = Create the account
signup-next = You then get a mail with a link. The account works once that link is used.
signup-have-one = I have an account: sign in
sent-evaluation = This is an evaluation: mail does not leave this machine, it is kept here.
sent-open-mail = Open the mail kept here
sent-nothing = Nothing came after a few minutes? Look into the spam folder, check the address and ask again.
sent-to-sign-in = To the sign-in page
sent-signup-heading = Look into your mail
sent-signup-text = We sent a message to the address that you entered. Use its link within 24 hours to confirm the address.
sent-recover-heading = Look into your mail
sent-recover-text = If an account has this address, a message with a link is on its way. The link works once, for 30 minutes. Your password stays as it is until then.
confirm-title = Confirm your address
confirm-lede = One press, and the account is yours.
confirm-button = Confirm this address
confirm-not-you = You did not ask for an account? Close this page. Without the button nothing happens.
recover-title = Reset your password
recover-lede = Enter the address of your account. We send a link to set a new password.
recover-button = Send the link
recover-back = Back to the sign-in page
reset-title = Set a new password
reset-lede = It counts at once. Every session of this account is signed out.
reset-button = Set the password
reset-again = Ask for a new link

## Sessions
sessions-title = Sessions
sessions-lede = Every place where you are signed in. Sign out what you do not know, then change your password.
sessions-heading = Signed in now
sessions-this = this device
sessions-address = From
sessions-signed-in = Signed in
sessions-active = last active
sessions-end = Sign out
sessions-end-others =
    { $n ->
        [one] Sign out the other session…
       *[other] Sign out { $n } other sessions…
    }
sessions-end-heading =
    { $n ->
        [one] Sign out the other session?
       *[other] Sign out { $n } other sessions?
    }
sessions-end-text =
    { $n ->
        [one] It is out at its next request. What was not saved there is lost. This device stays signed in.
       *[other] They are out at their next request. What was not saved there is lost. This device stays signed in.
    }
sessions-end-yes =
    { $n ->
        [one] Sign it out
       *[other] Sign them out
    }
sessions-end-no =
    { $n ->
        [one] Keep it
       *[other] Keep them
    }
sessions-effect = Signing out works at the very next request of that device:
sessions-proof = see how this is proven.

## Access tokens
tokens-title = Access tokens
tokens-lede = For programs that act as you. A token may do what you choose here, until it expires or you revoke it.
tokens-heading = Your tokens
tokens-name = Name
tokens-name-hint = Where it is used, such as “backup script”.
tokens-state = State
tokens-created = Created
tokens-expires = Expires
tokens-used = Last used
tokens-never = never
tokens-active = Active
tokens-expired = Expired
tokens-revoked = Revoked
tokens-revoke = Revoke
tokens-effect = A revoked token is refused at its very next request. Expired and revoked tokens stay listed.
tokens-fresh-heading = Your new token
tokens-fresh-text = It is shown this once. Copy it now: we keep only a fingerprint and cannot show it again.
tokens-fresh-label = New token
tokens-fresh-use = Send it with each request in this header:
tokens-empty-heading = No token yet
tokens-empty-text = A token lets a program use the API as you, without your password.
tokens-empty-why = Give each program its own. Then you can revoke one without stopping the others.
tokens-new-heading = Create a token
tokens-expires-label = Expires after
tokens-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
tokens-create = Create the token

## Settings
settings-title = Settings
settings-lede = Your name, your password and how the pages look.
settings-profile = Profile
settings-profile-save = Save the name
settings-password = Password
settings-password-changed = Changed
settings-current = Current password
settings-password-effect = Your other sessions are signed out when the password changes. A mail tells you about it.
settings-password-save = Change the password
settings-appearance = Appearance
settings-colours = Colours
settings-theme-system = As the device
settings-theme-light = Light
settings-theme-dark = Dark
settings-theme-save = Save the appearance
settings-language = Language
settings-language-text = Of these pages in this browser, and of mail to you.
settings-language-save = Save the language

## People (operator)
people-title = People
people-lede = Every account of this installation. Nobody can see another person’s password, or set one for an account that exists.
people-person = Person
people-sessions = Sessions
people-since = Since
people-staff = staff
people-reset = Send reset link
people-reset-text = A reset link goes to the person’s own address, works once and is written to the audit log.

## Set-up
setup-steps = Steps of the set-up
setup-step-account = Your account
setup-step-look = Name and colour
setup-step-mail = Mail
setup-step-kit = Recovery kit
setup-step-proof = First proof
setup-step-done = , done
setup-step-of = Step { $n } of 5. All five take about three minutes.
setup-go-on = Go on
setup-back = Back
setup-title = Your account
setup-lede = You become the owner of the first organisation, and the operator of this installation.
setup-organisation-hint = The company or group that works here. It can be changed later.
setup-button = Create the account
setup-expired-title = This set-up link no longer works
setup-expired-text = It was used already, or it is older than 30 minutes. Nothing was changed. Start the program again: as long as nobody has finished the set-up, it prints a new link.
setup-expired-label = Command
setup-expired-done = Have you finished the set-up before? Then sign in with the account you made.
setup-expired-sign-in = To the sign-in page
setup-look-title = Name and colour
setup-look-lede = What your customers see. Both can be changed later in the operator settings.
setup-mail-title = Mail
setup-mail-lede = Invitations, confirmations and warnings go out by mail.
setup-mail-smtp = A mail server is set
setup-mail-smtp-text = Send yourself a test message before you go on.
setup-mail-kept = Mail is kept on this machine
setup-mail-kept-text = This is an evaluation without a mail server: every message is kept here instead of being sent.
setup-mail-open = Open the mail kept here
setup-mail-none = No mail server is set
setup-mail-none-text = Messages wait until the configuration names one; nothing is lost. You can go on now.
setup-mail-sent = The test message is handed over
setup-mail-sent-text = If it does not arrive, look under “Mail and jobs” in the operator area for the reason.
setup-mail-to = Send a test message to
setup-mail-test = Send the test
setup-kit-title = Keep the recovery kit
setup-kit-lede = These 24 words are the only other copy of the master key. Whoever loses both the key file and the words loses all data kept here. We cannot restore it, and nobody can.
setup-kit-download = Download the words
setup-kit-keep = Keep them away from this machine.
setup-kit-type = Type two of the words, so that we both know you have them
setup-kit-word = Word { $n }
setup-kit-confirm = Confirm and go on
setup-proof-title = The first proof
setup-proof-lede = It is an attack of the service on itself: it signs in twice, signs one of the two out and tries whether that one still gets in.
setup-proof-running = The attempt is running. This page looks again every two seconds.
setup-proof-proven = It held. The signed result is in the evidence log, and stands on the public security page.
setup-proof-not = It did not come out as promised. The security page says so too; the service works, and the attempt is repeated.
setup-proof-measured = Measured
setup-proof-look = Look again
setup-proof-skip = To the overview, without waiting
setup-proof-dashboard = To the overview
setup-proof-security = To the security page

## Overview
dashboard-greeting = Hello, { $name }
dashboard-lede = You are working in { $tenant }.
dashboard-team = Team
dashboard-alone-heading = You are alone here
dashboard-alone-text = A second owner keeps { $tenant } reachable when one of you is not. Invite somebody, with the role that fits.
dashboard-invite = Invite someone
dashboard-first-heading = No organisation yet
dashboard-first-text = An organisation holds your team and all that belongs to it, in a file of its own under a key of its own.
dashboard-first-why = Create one, or use the link of an invitation to join the one of somebody else.
dashboard-first-button = Create an organisation
dashboard-access-heading = Who can act as you
dashboard-sessions =
    { $n ->
        [one] { $n } session
       *[other] { $n } sessions
    }
dashboard-sessions-text = Places where you are signed in now.
dashboard-sessions-link = Look through them
dashboard-tokens =
    { $n ->
        [one] { $n } access token
       *[other] { $n } access tokens
    }
dashboard-tokens-text = Programs that may use the API as you.
dashboard-tokens-link = Manage tokens
dashboard-proofs-heading = Proven for you
dashboard-proofs-all = All claims
dashboard-proofs-empty = Nothing was tried yet. The first results appear within minutes.
dashboard-lately-heading = Lately
dashboard-lately-empty = Nothing has happened yet.

## Organisations
new-tenant-title = New organisation
new-tenant-lede = It gets a file of its own, encrypted with a key of its own. You become its owner.
new-tenant-hint = It can be changed later. Its address in the browser stays.
new-tenant-button = Create the organisation
new-tenant-key = Nothing is shared with your other organisations, not even the people in them.
tenant-settings-title = Organisation
tenant-settings-lede = What others see of it, and how its data is kept.
tenant-settings-about = About
tenant-settings-description = Description
tenant-settings-description-hint = What it is for, in a sentence or two. Members see it. Up to 500 characters.
tenant-settings-contact = Contact
tenant-settings-contact-hint = The address for messages about the organisation as a whole.
tenant-settings-save = Save
tenant-settings-read-only = An owner can change this.
tenant-settings-kept = How its data is kept
tenant-settings-slug = Address part
tenant-settings-created = Created
tenant-settings-region = Region
tenant-settings-cipher = Storage
tenant-settings-kept-text = Without its key the file of this organisation cannot be read; no other organisation has that key.

## Team
team-title = Team
team-lede =
    { $n ->
        [one] { $n } person.
       *[other] { $n } people.
    }
team-effect = Who is removed here is out at the next request.
team-invite-link = Invite someone
team-members = Members
team-person = Person
team-role = Role
team-since = Member since
team-you = you
team-role-of = Role of { $name }
team-role-save = Set the role
team-remove = Remove…
team-remove-heading = Remove { $name }?
team-remove-text = The person is out at the next request and loses access to all of this organisation; sessions that were in it end. The account and its other organisations stay. You can invite the person again.
team-remove-yes = Remove { $name }
team-remove-no = Keep
team-read-only = An owner can invite, remove and change roles.
team-invitations = Open invitations
team-invitations-empty = No invitation is open.
team-link-ends = Link ends
team-withdraw = Withdraw
team-invite-heading = Invite someone
team-invite-hint = What each role may do stands below. The link works once and ends after seven days.
team-invite-button = Send the invitation
team-roles-heading = What each role may do
team-may = May
role-owner = Owner
role-owner-text = Everything, including roles, members and settings.
role-operator = Operator
role-operator-text = Sees the organisation and its team. Changes the organisation’s name, description and contact, and reads its audit log.
role-billing = Billing
role-billing-text = Sees the organisation and its team. Changes nothing.
role-viewer = Viewer
role-viewer-text = Sees the organisation and its team. Changes nothing.
matrix-see = See the organisation
matrix-team-see = See the team
matrix-invite = Invite people
matrix-roles = Change roles, remove people
matrix-settings = Change name, description and contact

## Invitation
invite-title = Join { $tenant }
invite-lede = The invitation is for { $email }, with the role { $role }.
invite-join = Join { $tenant }
invite-other-heading = This invitation is for another address
invite-other-text = You are signed in as { $other }. Sign out, then open the link again. Nothing was changed.
invite-create = Create the account and join
invite-have-one = I have an account: sign in
invite-gone-title = This invitation no longer works
invite-gone-text = It was used, withdrawn, or is older than seven days. Nothing was changed. Ask the person who invited you for a new one.

## Organisations (operator)
tenants-title = Organisations
tenants-lede =
    { $n ->
        [one] { $n } organisation. You see that it exists, not what is in it.
       *[other] { $n } organisations. You see that they exist, not what is in them.
    }
tenants-tenant = Organisation
tenants-state = State
tenants-members = Members
tenants-region = Region
tenants-created = Created
tenants-id = Id
tenants-active = Active
tenants-key = Each organisation is a file of its own, encrypted with a key of its own.
tenants-empty-heading = No organisation yet
tenants-empty-text = Every customer is an organisation with its own people, file and key. The first one shows here as soon as it is created.

## Operator settings
admin-settings-title = Operator settings
admin-settings-lede = How this installation presents itself to everybody who uses it.
admin-settings-look = Name and colour
admin-settings-save = Save
admin-settings-logo = Logo
admin-settings-logo-now = Current logo
admin-settings-logo-file = Picture
admin-settings-logo-hint = PNG or WebP, at most 128 KiB. It stands beside the name, so a mark without words fits best.
admin-settings-logo-save = Use this logo
admin-settings-logo-remove = Remove the logo

## Audit log (operator)
audit-title = Audit log
audit-verified = Chain verified
audit-not-verified = Chain not verified
audit-size =
    { $n ->
        [one] { $n } entry
       *[other] { $n } entries
    }
audit-checkpoint = last checkpoint
audit-verified-text = Nothing is missing, nothing was changed.
audit-not-verified-text = The last check did not confirm the chain, or has not run since the start. If this stays, keep a copy of the data folder and find out why.
audit-not-yet = Not verified yet
audit-not-yet-text = No checkpoint was signed yet; the first one follows within minutes.
audit-export = Export what is shown as
audit-filter = Filter
audit-filter-label = Filter the audit log
audit-filter-hint = Words, and these qualifiers:
audit-chip-remove = remove this filter
audit-shown = Entries: { $shown } of { $size }
audit-elapsed = found in { $ms } ms
audit-entries = Entries
audit-entries-scroll = Entries, scrolls sideways
audit-time = Time
audit-actor = Actor, address
audit-event = Action, target, organisation
audit-result = Result
audit-done = Done
audit-refused = Refused
audit-newest = Newest first
audit-entry = Entry { $n }
audit-close = Close
audit-action = Action
audit-who = Actor
audit-address = Address
audit-target = Target
audit-tenant = Organisation
audit-trace = Trace
audit-id = Id
audit-json = Entry as JSON
audit-proof = In the log, unchanged
audit-proof-entry = Entry { $seq } is proven by
audit-proof-hashes =
    { $n ->
        [one] { $n } hash,
       *[other] { $n } hashes,
    }
audit-proof-size = up to the checkpoint of size { $size }.
audit-empty-heading = No entry fits
audit-empty-text = The log keeps every change and every refusal, but none of them fits this filter. Remove a part of it, or look at all entries.
audit-empty-link = All entries

## States of a claim
state-proven = Proven
state-proven-text = Tried within its interval, at least once, without a violation, over all of its target, by a probe that was shown to be able to fail.
state-failing = Failing
state-failing-text = An attempt got through. It stays here until the same is refused twice in a row, by a probe that was shown anew to be able to fail.
state-mismatch = Mismatch
state-mismatch-text = It was tried, and what was measured is not what is promised. The reason is given.
state-stale = Stale
state-stale-text = Not tested in time. Whatever it was before, it does not count.
state-unchecked = Unchecked
state-unchecked-text = A test exists or could exist, but was not run. The reason is given.
state-attested = Attested
state-attested-text = Somebody signed a document. We name it and its expiry. It is not a test.
state-attestation-expired = Attestation expired
state-attestation-expired-text = The document is past its date. It no longer counts.
state-enforced = Enforced
state-enforced-text = Not tested here: it is built so that the opposite cannot be expressed, and tests of the build watch over that.
state-off = Off
state-off-text = Built, and not switched on here.
state-planned = Planned
state-planned-text = Not there yet, and meant to come.
state-not-applicable = Not applicable
state-not-applicable-text = Makes no sense here, or cannot be tested as it is worded. The reason is given.
state-not-built = Not built
state-not-built-text = Not there. Listed because others promise it.
state-withdrawn = Withdrawn
state-withdrawn-text = We said it once and no longer do.
domain-identity = Sign-in
domain-tenancy = Organisations and team
domain-audit = Audit log
domain-vault = Secrets and encryption
domain-fleet = Servers and SSH
domain-billing = Billing
domain-edge = Web edge
domain-voice = Voice
domain-backup = Backups and continuity
domain-privacy = Privacy
domain-operations = Operations
domain-console = Console

## Security page
security-heading = { $proven } of
security-heading-total =
    { $n ->
        [one] { $n } security claim is proven right now.
       *[other] { $n } security claims are proven right now.
    }
security-lede = These lines are about this console alone: they say nothing about dialers, servers or applications beside it. Each was tried as an attacker would try it, with accounts of our own, or says that it was not; what was not tested never counts as passing. Every line prints what was promised, what was measured, how often it was tried, and until when the result counts.
security-verify-link = Check it yourself
security-legend-link = What the words mean
security-legend-heading = What the words mean
security-checkpoint = Log entries
security-root = Root hash
security-signed = Signed
security-origin = Log
security-paused = Testing is paused
security-paused-text = Reason given: { $why }. No claim is renewed meanwhile; each turns stale when its time is over.
security-counts = Claims by state
security-index = On this page
security-index-proven = proven
security-empty-heading = No claim is published yet
security-empty-text = A claim is a sentence about security together with a test that tries to break it. It appears here with its first result.
security-first-heading = Read these first
security-first-count =
    { $n ->
        [one] { $n } does not hold as promised, or was not tested
       *[other] { $n } do not hold as promised, or were not tested
    }
security-domain-count = { $proven } of { $total } proven
security-shadow = This is a shadow
security-shadow-text = It was made to be broken, to show that a broken line turns red. It holds nobody’s data.
security-evaluation = This installation is a trial on one machine
security-evaluation-text = Its console is plain HTTP on this machine alone, so lines about HTTPS read as a mismatch here. A production start has HTTPS, and the same probes then try it.
printed-text = Results count until the times given; look at the address for what holds now.
security-generated = This page was made at
legend-word-plane = This console
legend-text-plane = What a line covers: the program that shows this page. Nothing is said about dialers, servers or applications beside it. Where organisations matter, the line says how many are set up as the tested ones.
legend-word-probe = Probe
legend-text-probe = A program that tries to break the promise, again and again at random times, from the same machine and through the same door as everybody.
legend-word-canary = Canary account
legend-text-canary = An ordinary account with an organisation of its own that belongs to the probes, so that nobody else’s data is touched. It carries bait: marks that must not turn up anywhere else.
legend-word-falsified = Shown to be able to fail
legend-text-falsified = The same probe was sent against a system broken on purpose, and noticed. Without that a result does not count.
legend-word-inside = From inside
legend-text-inside = Some promises are about what lies in files and rows. For those the probe also reads the store, and the page says so.
legend-word-p99 = p99
legend-text-p99 = The time within which 99 of 100 measured answers came.
legend-strip = The strip
legend-strip-text = One bar per day, 90 days, 30 on a phone. Ordinary height: every attempt held. A little taller: the measured figure was not the promised one. Tallest: something got through. Short and dotted: not tested on that day. A thin line at the foot: the line did not exist yet.
legend-ruler = The ruler
legend-ruler-text = From a thousandth of a second at the left to ten times the promise at the right, each mark ten times the one before. Thick as far as the promise reaches; the needle is the measured figure.
verify-bundle = All of it in one file, for checking without a network.
verify-changes = What was added, reworded, weakened or withdrawn, and when testing was paused.
verify-feed = Every change of a state, as a feed.
verify-badge = A picture for other pages: words and times, always in the same colours.
verify-schema = The JSON Schema of /security.json.
verify-lede = Every result is signed and written to a public log, so that whatever was said here cannot be taken back unnoticed. A signature shows who said it, not that it is so: for that, compare, recompute, and run the outside probes from your own machine. No account is needed.
verify-commands = Command to check this page
verify-json = This page for programs: every claim with its state, its figures and the address of its evidence.
verify-checkpoint = The signed size and root of the log, as a C2SP checkpoint (a signed note).
verify-tiles = The log itself as C2SP tlog-tiles: hash tiles and entries, from which inclusion and consistency follow.
verify-evidence = One signed statement for each run: an in-toto statement in a DSSE envelope, named by its hash.
verify-keys = The public keys that checkpoints and evidence are signed with. Keep a copy: a key that changes without notice is a warning.
verify-program = The program below comes with every Vouchsafe, and as a binary of its own. It ends with “agrees on every line”, or with the name of what does not fit. Others can write one: the format is described in docs/verify.md of the source.
verify-single = What this log cannot show
verify-single-text = This is a single-operator log: no outside witness co-signs its checkpoints yet. It is tamper-evident only against earlier copies. Keep a checkpoint, and any later rewriting of what came before it can be shown.
strip-from-far = 90 days ago
strip-from-near = 30 days ago
strip-today = today

## One claim
promise-idn-09-how-1 = A canary account signs in four times more, each time as another device.
promise-idn-09-how-2 = The list of sessions has to show each of them once, with its device, its address and the time of its last use, and none that was not opened.
promise-idn-09-how-3 = One of them is ended; the list must not show it any more.
promise-idn-09-not = How exact the place of an address is: addresses are shown, places are not. Whether a person recognises a device by its words.
promise-idn-09-broken = A proxy between the probe and the system takes the newest session out of the list.
promise-idn-10-how-1 = A canary account signs in once more for each round, as another browser would.
promise-idn-10-how-2 = The new session is tried on the API, on a page and on a form: it has to be let in, else the round counts for nothing.
promise-idn-10-how-3 = From its first session the canary revokes the new one.
promise-idn-10-how-4 = At once the revoked session’s cookie is sent again, ten times to each of the three; each time that it is let in is a violation. The time from the revocation’s answer to the first refusal is measured.
promise-idn-10-not = What a page that is already open in a browser shows until it is used again. Personal access tokens are revoked on their own and are not part of a session.
promise-idn-10-broken = A proxy between the probe and the system keeps the last good answer to each cookie, and gives it again where the system refuses: as a system would that caches sessions.
promise-idn-15-how-1 = The stored verifier of every account, and of every sign-up that waits for its letter, is read from inside.
promise-idn-15-how-2 = Each has to be argon2id with at least 19 MiB of memory, two passes and a salt of sixteen bytes; anything else is a violation.
promise-idn-15-not = What was stored before today, in backups that were made elsewhere. How good the passwords themselves are. Inside the verifier of an imported account there is its older hash until its first sign-in.
promise-idn-15-broken = In a shadow one account’s verifier is made one of an old scheme.
promise-idn-18-how-1 = The salts of all stored verifiers are compared: no two may be the same.
promise-idn-18-how-2 = One canary account takes the password of another for a moment; what is stored for the two has to differ. Then it takes its own password back.
promise-idn-18-not = Whether the source of chance is good beyond not repeating itself.
promise-idn-18-broken = A shadow keeps one verifier for all: whoever sets a password sets it for everybody.
promise-idn-19-how-1 = A canary account makes an access token.
promise-idn-19-how-2 = Every cell of every table, decrypted, and every raw file of the data folder, backups included, is searched for the token and for its secret part. The search has to find the token’s identifier, else it is blind and counts for nothing.
promise-idn-19-how-3 = The token is revoked.
promise-idn-19-not = Memory of the running program, swap, and copies that were taken off this machine. Tenants other than the canaries’ are not searched row by row.
promise-idn-19-broken = A proxy gives out, as the token, what lies in the token’s row: as a system would that stores tokens as they are.
promise-idn-22-how-1 = A sign-in that cannot succeed is posted over plain HTTP to every listener that there is. None may look at it.
promise-idn-22-how-2 = The sign-in page over plain HTTP has to lead to HTTPS, and over HTTPS it has to carry HSTS of a year.
promise-idn-22-not = What stands before this program: a proxy’s own listeners are not tried. A password that was typed into a plain page has travelled in the clear, whatever we answer.
promise-idn-22-broken = A proxy signs people in over plain HTTP and hands out a cookie without Secure.
promise-idn-37-how-1 = Every route of the program’s own list that is not public is called without a sign-in, with each of its methods.
promise-idn-37-how-2 = Each has to refuse, or to lead to the sign-in page.
promise-idn-37-not = What the public routes show; they are listed in the API document and in this page’s source. The dialers, servers and applications beside this program.
promise-idn-37-broken = A proxy lets strangers in wherever the API refuses them.
promise-ten-01-how-1 = Every tenant’s database has to be a file of its own; two names of one file are one.
promise-ten-01-how-2 = The databases of two canary tenants are searched, cell by cell, for anything of the other. The search has to find each tenant’s own bait, else it counts for nothing.
promise-ten-01-not = The rows of tenants other than the canaries are not read. Data outside this program’s own store: dialers, recordings, mailboxes.
promise-ten-01-broken = In a shadow one tenant’s bait is written into the database of the other.
promise-ten-02-how-1 = The second of two canary tenants makes something behind every kind of identifier: a session, a token, an invitation, a member.
promise-ten-02-how-2 = The first tenant calls every route that takes an identifier with those of the second, with every method and a body that its owner would be allowed.
promise-ten-02-how-3 = Then it tries other spellings of the path. The second tenant’s bait must not be in any answer.
promise-ten-02-not = Crossings that need two tenants to work together, or timing alone. Applications behind this plane.
promise-ten-02-broken = A proxy answers a path as it last answered it well, whoever asks: a cache that forgot who it was for.
promise-ten-03-how-1 = Statements that would leave a tenant’s own tables are prepared on its database as code of the program would: another file, another key, the schema, other tenants’ tables. Each has to be refused.
promise-ten-03-how-2 = Statements for tenants’ data without a tenant are prepared on the platform’s database, which has no such tables.
promise-ten-03-not = That code without a tenant does not compile is shown by the build’s own tests, not here. Nothing is run: what is refused is refused when it is prepared.
promise-ten-03-broken = The same statements are prepared in a shadow on a connection that asks nobody.
promise-ten-05-how-1 = The keys of all tenants are compared: no two may be the same.
promise-ten-05-how-2 = A copy of a canary tenant’s raw database is opened with the other’s key and with none; neither may work, and its own has to.
promise-ten-05-how-3 = A sealed record is opened with the other’s key and in another place; neither may work.
promise-ten-05-not = Disks and machines: what is encrypted is what this program stores. Memory of the running program.
promise-ten-05-broken = In a shadow two tenants are given one key.
promise-ten-06-how-1 = The raw files of the data folder, backups included, are searched without any key for the bait, the addresses and the passwords of two canary tenants. The bait has to be found with the key, else the search counts for nothing.
promise-ten-06-not = Somebody who has the master key as well. Sizes and times of files, which anybody with rights on the storage can see.
promise-ten-06-broken = In a shadow a copy in the clear is put beside the data.
promise-aud-20-how-1 = Statements that change or remove entries are prepared as code of the program would; each has to be refused.
promise-aud-20-how-2 = The log itself has to be as it was signed, and to begin with every checkpoint of it that the public log holds.
promise-aud-20-how-3 = A copy of it is changed as whoever can write to the disk could: an entry changed, removed or exchanged, a node, the index, or all of it taken back to an older state. Looking over the copy has to find each.
promise-aud-20-not = Somebody who changes the log and has the key that signs it: that is found only by comparing with checkpoints that others keep.
promise-aud-20-broken = In a shadow whoever changes the log also has its key, and signs it anew.
promise-edg-09-how-1 = With a canary’s session, every route that changes something is called as another site’s page would call it: with a foreign origin, with none, as cross-site by Fetch Metadata, from a sibling domain, as plain text.
promise-edg-09-how-2 = Each has to be refused as forged. A form of our own page has to be taken, else the run counts for nothing. A read must stay a read, whatever a header says.
promise-edg-09-not = Browsers that send neither Origin nor Fetch Metadata; none that is still kept is known. Scripts on our own pages: another promise is about those.
promise-edg-09-broken = A proxy lets every forged change through.
promise-edg-12-how-1 = Old versions and weak ciphers are offered to the HTTPS listener by hand-made first messages: it has to refuse each.
promise-edg-12-how-2 = The sign-in page is fetched over current TLS; it must not load anything over plain HTTP, and has to carry HSTS.
promise-edg-12-not = Who issued the certificate and whether browsers trust it. TLS that a proxy speaks before this program.
promise-edg-12-broken = A stand-in agrees to whatever version it is offered.
promise-ops-01-how-1 = Every line of this page is read as programs read it. A line that says proven has to be within its time, with attempts, without violations, by a probe that is known to be able to fail.
promise-ops-01-how-2 = Lines without a fresh verdict are counted; the promise is that there are none.
promise-ops-01-not = Whether the right things are promised at all.
promise-ops-01-broken = A proxy shows lines as proven whose time is over.
promise-ops-22-how-1 = The requirements of OWASP ASVS 5.0.0 that proven lines relate to are counted, each once. A line counts only with attempts.
promise-ops-22-not = That a requirement is met in full: a line relates to it and covers what it tries. Requirements that can only be read in the code.
promise-ops-22-broken = A proxy shows proven lines without a single attempt.
promise-ops-68-how-1 = Every line has to say when it was worded and when it was proven, and to read exactly as the newest entry of the public ledger of changes.
promise-ops-68-not = Whether the words are good.
promise-ops-68-broken = A proxy rewords lines without an entry in the ledger.
promise-aud-05-how-1 = Nothing is attacked. Entries can reach the log in one way only: from the outboxes of the files that the changes are in, by one sequencer; a test of the build fails when there is a second.
promise-aud-05-not = What other programs on the same machine log about themselves.

claim-promised = Promised: { $what }
claim-measured = Measured: { $what }
claim-measured-short = Measured
claim-ruler = Against the promise
claim-target = Target and coverage
claim-attempts = Attempts, violations
claim-tried-at = Last tried at
claim-counts-until = Counts until
claim-gap-none = tried once so far
claim-proved-at = Proved at
claim-valid-until = Valid until
claim-falsified-at = Shown to be able to fail
claim-how-summary = How it is tried, what it does not show
claim-does-not-show = Does not show:
claim-can-fail = Self-tested. The probe was shown to be able to fail on
claim-not-falsified = The probe has not been shown to be able to fail yet. Until then this cannot count as proven.
claim-more = { $id } in full, with its history
claim-evidence-link = Latest evidence
claim-runs-heading = Every run
claim-runs-empty = Not tried yet.
claim-run-at = Time
claim-run-outcome = Outcome
claim-run-attempts = Attempts
claim-run-violations = Violations
claim-run-p99 = Measured
claim-how-heading = How it is tried
claim-fail-heading = How we know that it can fail
claim-fail-text = A test that cannot fail proves nothing. Every week, and after every change, the same test is sent against a system that is broken on purpose, never the real one, and has to notice.
claim-fail-empty = Not done yet for this probe.
claim-fail-found = Attempts: { $attempts }. Violations found: { $violations }.
claim-scope-heading = What this covers
claim-vantage = Seen from
claim-probe = Probe
claim-assurance = Assurance
assurance-self-tested = self-tested: the operator’s own probe, with signed results
assurance-attested = attested: a document says so
assurance-none = none
claim-interval = A proof counts for
claim-gap = Longest time between two runs
claim-worded-at = Worded
claim-asvs = Relates to OWASP ASVS 5.0.0
claim-seeds = Promised on published pages (page:line)
claim-changes-heading = What changed
claim-share = Held as promised on { $share } of the days since it was first tried ({ $days }); days that were not tried count against it.
claim-chart = The last runs, oldest first; the dashed line is the promise.
claim-rhythm = Tried at random times within { $interval }; longest time between two runs: { $gap }.
claim-falsification-link = Evidence that it can fail
claim-evidence = Evidence
claim-evidence-text = The signed result of the latest run, word for word as it stands in the log.
claim-evidence-latest = Latest evidence
claim-evidence-none = There is none yet.
claim-evidence-open = Open
claim-verify-link = How to check it yourself

## Proofs (operator)
posture-title = Proofs
posture-lede = What is tried, how it went, and when it is tried next. Customers see the same on the security page.
posture-run = Run all now
posture-pause = Pause…
posture-resume = Resume testing
posture-paused = Testing is paused
posture-paused-text = Reason given: { $why }. Nothing is tried until you resume. Claims turn stale when their time is over, and the security page says why.
posture-pause-heading = Pause all testing?
posture-pause-text = Use this when a probe does harm. The security page shows the pause and its reason, and claims turn stale one by one.
posture-pause-yes = Pause testing
posture-why = Reason, shown in public
posture-figures = Figures
posture-claims = Claims
posture-canaries = Canary accounts now
posture-share = Cost over the last hour, of one core
posture-residue = Left behind by probes
posture-next = Next run before
posture-next-none = none planned
posture-claim = Claim
posture-state = State
posture-scroll = Claims, scrolls sideways

catalogue-lede = { $published } of { $total } claims are published. What is not built cannot be published.
catalogue-published = Published
admin-claim-now = As it stands
admin-claim-run = Run now
admin-claim-falsify = Show that it can fail
admin-claim-publish-heading = On the public page
admin-claim-publish-text = Every change here is an entry of the public ledger: a weaker figure is called weaker.
admin-claim-publish = Publish
admin-claim-change = Change the figures
admin-claim-pause-why = Reason for pausing this line, shown in public
admin-claim-pause = Pause this line
admin-claim-withdraw-why = Reason for withdrawing this line, shown in public
admin-claim-withdraw = Withdraw
admin-claim-not-built = Nothing is behind this claim in this version, so it cannot be published.
publication-none = not published
publication-published = published
publication-paused = published, testing paused
publication-withdrawn = withdrawn
attest-heading = Documents
attest-text = For what no probe can show. The page names issuer, scope and expiry, and calls it attested, never proven. A second person has to approve it.
attest-issuer = Who issued it
attest-scope = What it covers
attest-document = SHA-256 of the document
attest-from = In effect from
attest-until = In effect until
attest-submit = Take in
attest-approve = Approve
attest-withdraw = Take back
attest-second-person = Waits for a second person: you received it.
attest-dates = In effect from { $from } until { $until }.
attest-received = Received { $at }.
attest-approved-by = Approved by { $who }.
error-claim-not-built = Nothing is behind this claim in this version.
error-figure-invalid = That is not a figure.
error-claim-not-attestable = No document can say this: it is tested.
error-attestation-text = Issuer and scope need a line each, of at most 200 characters.
error-attestation-document = That is not a SHA-256: 64 hexadecimal digits.
error-attestation-dates = It has to end after it begins, and in the future.
error-second-person = Somebody else has to approve what you received.
error-date-invalid = That is not a date.

## Changes of the security page
changes-heading = What changed on the security page
changes-lede = Adding, rewording, weakening and withdrawing a line are entries of the same signed log as the proofs. Nothing leaves this list.
changes-list = Changes, newest first
changes-at = When
changes-what = What
changes-leaf = Entry
changes-older = Older
changes-feed = As a feed, with every change of state
changes-link = All changes
changes-empty-heading = Nothing has changed yet
changes-empty-text = The first entries come when the first lines are published.
change-added = Added
change-reworded = Reworded
change-weakened = Weakened
change-tightened = Tightened
change-withdrawn = Withdrawn
change-paused = Testing paused
change-resumed = Testing resumed
change-published-again = Published again
change-state = { $before } → { $now }
change-first-state = First seen: { $now }
change-attestation-approved = Document approved
change-attestation-withdrawn = Document taken back
change-lever-paused = All testing paused
change-lever-released = All testing resumed
feed-title = Security of { $product }

## Mail and jobs (operator)
jobs-title = Mail and jobs
jobs-lede = Work that is done later: letters to send and accounts to open. What fails is tried again, later each time.
jobs-figures = Figures
jobs-waiting = Waiting
jobs-failed = Given up
jobs-list = Jobs
jobs-kind = Job
jobs-state = State
jobs-attempts = Tries
jobs-due = Due
jobs-place = Kept in
jobs-done = Done
jobs-gave-up = Given up
jobs-running = Running
jobs-queued = Waiting
jobs-empty-heading = Nothing waits
jobs-empty-text = Every mail was handed over and every job is done. What comes next shows here until it is finished.

## Mail kept here (evaluation)
mail-box-title = Mail kept here
mail-box-lede = In an evaluation no mail leaves this machine. Here is all that would have been sent, newest first. Only this machine can open this page.
mail-box-to = To { $to }
mail-box-recipient = To
mail-box-at = Written
mail-box-links = Links in it
mail-box-plain = As plain text
mail-box-html = As a mail program shows it
mail-box-empty-heading = No mail yet
mail-box-empty-text = Create an account, invite somebody or reset a password: the message appears here.

## Problems
problem-error = Error { $status }
problem-retry = Try again
problem-quote = If it happens again, tell the people who run this service this number. It finds the exact request.
problem-trace = Number to quote
problem-programs = For programs
problem-json = Problem as JSON
problem-doc-meaning = What happened
problem-doc-do = What to do
problem-doc-type = Type of this problem
problem-doc-type-text = Programs find this address in the field “type” of an answer with the media type application/problem+json. It stays the same, so that they can tell problems apart.
problem-doc-api = To the API
problem-heading-400 = The request could not be read
problem-detail-400 = Something in it is malformed, so nothing was changed. Go back, load the page again and send it once more.
problem-heading-401 = Sign in first
problem-detail-401 = This needs an account, and this request came without a valid session or token. Nothing was changed. Sign in, then try again.
problem-heading-403 = You may not do this
problem-detail-403 = Your role or this request’s origin does not allow it, and nothing was changed. An owner of the organisation can change your role.
problem-heading-404 = There is nothing here
problem-detail-404 = The address is wrong, the thing is gone, or it is not yours to see. Nothing was changed. Check the address, or start from the overview.
problem-heading-405 = This address does not take that
problem-detail-405 = The page exists, but not for this kind of request. Nothing was changed. Go back and use the links and buttons of the page.
problem-heading-408 = That took too long
problem-detail-408 = The request was not complete in time, and the service stopped waiting. Look whether your change was made; if not, send it again.
problem-heading-409 = Something else came first
problem-detail-409 = The thing was changed meanwhile, or exists already. Your change was not made. Load the page again, look at what is there, then decide.
problem-heading-410 = This link does not work any more
problem-detail-410 = It was used already, was withdrawn, or has expired. Nothing was changed. Ask for a new one.
problem-heading-413 = That is too large
problem-detail-413 = The request is larger than this address takes, so nothing was kept of it. Make it smaller, then send it again.
problem-heading-415 = That is of the wrong kind
problem-detail-415 = The request has a format that this address does not read. Nothing was changed. Send it in the format that the API page names.
problem-heading-421 = This service has another name
problem-detail-421 = The address that you used does not belong to this service. Nothing was changed. Use the address that its operator gave you.
problem-heading-422 = Something in it is not right
problem-detail-422 = The request was read, but a value in it cannot be used. Nothing was changed. Go back, put the value right and send it again.
problem-heading-429 = Too many tries
problem-detail-429 = There were more requests than allowed from here. Nothing was changed and nothing is locked. Wait a minute, then try again.
problem-heading-500 = Something failed on our side
problem-detail-500 = Your change was not made, and nothing was lost. It is safe to try once more.
problem-heading-503 = Not ready just now
problem-detail-503 = The service is starting, stopping or very busy. Nothing was lost. Wait a few seconds, then try again.

## API page
api-heading = API
api-lede =
    { $n ->
        [one] { $n } operation,
       *[other] { $n } operations,
    }
api-text = each named by an operation id that stays the same. Paths may move: find them through the document.
api-document = OpenAPI document
api-token = Your access tokens
api-index = On this page
api-count =
    { $n ->
        [one] { $n } operation
       *[other] { $n } operations
    }
api-operation = Operation id
api-auth = Needs
api-answer = Answer { $status }
api-curl = Command for { $operation }
api-schema = Schema of { $operation }
api-request = Body of the request, as a schema
api-conventions = Rules for every call
api-c-token = Sign-in
api-c-token-text = Programs send “Authorization: Bearer” with an access token. Tokens never go into an address.
api-c-problem = Problems
api-c-problem-text = Errors are application/problem+json by RFC 9457: type, title, status, detail, instance and trace. The type leads to a page that explains it.
api-c-page = Lists
api-c-page-text = Lists come in pages: items, and next with the cursor of the page that follows.
api-c-time = Times and ids
api-c-time-text = Times are RFC 3339 in UTC. Ids are strings with a prefix that tells what they name.

## Mail
mail-greeting = Hello { $name },
mail-greeting-plain = Hello,
mail-confirm-subject = Confirm your address for { $product }
mail-confirm-heading = Confirm your address
mail-confirm-line = You asked for an account at { $product }. Use the link within 24 hours to confirm that this address is yours. It works once.
mail-confirm-action = Confirm this address
mail-confirm-end = You did not ask for it? Then there is nothing to do: without the link no account comes to be.
mail-known-subject = You have an account at { $product } already
mail-known-heading = You have an account already
mail-known-line = Somebody, probably you, asked for a new account at { $product } with this address. There is one already, so nothing was changed. Sign in, or reset the password if it is lost.
mail-known-action = To the sign-in page
mail-known-end = It was not you? Then there is nothing to do: nobody got in, and nobody was told that the account exists.
mail-reset-subject = Set a new password for { $product }
mail-reset-heading = Set a new password
mail-reset-line = Somebody, probably you, asked to reset the password of your account at { $product }. The link works once, for 30 minutes. Until then the old password stays.
mail-reset-action = Set a new password
mail-reset-end = It was not you? Then there is nothing to do: without the link your password stays as it is.
mail-reset-by-operator-subject = A link to set a new password for { $product }
mail-reset-by-operator-heading = Set a new password
mail-reset-by-operator-line = The people who run { $product } sent you this link to set a new password. They cannot see or set it themselves. The link works once, for 30 minutes. Until then the old password stays.
mail-reset-by-operator-action = Set a new password
mail-reset-by-operator-end = You did not ask them for it? Then leave the link unused, and ask them why it was sent.
mail-invite-subject = { $inviter } invites you to { $tenant }
mail-invite-heading = Join { $tenant }
mail-invite-line = { $inviter } invites you to { $tenant } at { $product }, with the role { $role }. The link works once and ends after seven days.
mail-invite-action = Look at the invitation
mail-invite-end = You do not know who that is? Then there is nothing to do: without the link nothing happens.
mail-password-changed-subject = Your password at { $product } was changed
mail-password-changed-heading = Your password was changed
mail-password-changed-line = The password of your account at { $product } was changed just now, and your other sessions were signed out. If it was you, there is nothing to do. If not, set a new password at once: the link leads to it.
mail-password-changed-end = Sent because warnings about your password cannot be switched off. We never ask for a password by e-mail.
mail-test-subject = Test message from { $product }
mail-test-heading = Mail works
mail-test-line = This message was sent from the set-up of { $product }. Invitations and warnings will arrive the same way.
mail-test-action = Open the console
mail-test-end = Sent because somebody pressed “Send the test” in the set-up.

# Refusals of limits
error-token-many = You have too many tokens that still count. Revoke some you no longer need, then try again.
error-organisation-many = You own as many organisations as one account may. Ask the operator if you need more.
error-invitation-many = Too many invitations of this organisation are still open. Withdraw some, then try again.
error-region-unknown = This installation has only the region “local”.

# Claims
target-plane = this console, { $environment }; { $covered } of { $of } organisations have the same settings as the tested ones
target-plane-alone = this console, { $environment }
environment-real = the running one
environment-shadow = a shadow: this program with these settings on an empty folder, not the running one
vantage-loopback = from the same machine, through the public door
vantage-inside = from the same machine, through the public door, and from inside: files and rows
vantage-none = nowhere: it was not tried
outcome-short = Not as promised
outcome-held = Held
outcome-violated = Broken
outcome-unable = Could not try
strip-words = Last 90 days: { $held } held, { $short } not as promised, { $violated } with a violation, { $unchecked } not tried, { $unpublished } not yet published

# Organisation settings
tenant-cipher = SQLCipher { $version }, a file and a key of its own

# The recovery kit as a file
setup-kit-file =
    Recovery kit of { $product } (installation { $installation })
    These 24 words are the master key. Keep them away from the machine, and from its backups.
    To make the key file again: vouchsafe recover-key

# What the audit log says, in words
event-account-language-changed = Language chosen
event-account-name-changed = Name changed
event-account-opened = Account opened
event-account-password-changed = Password changed
event-account-password-reset = Password set anew with a link
event-account-reset-link-sent = Link for a new password sent
event-platform-kit-shown = Recovery kit shown
event-account-sign-up-of-known-address = Sign-up with an address that has an account
event-account-sign-up-requested = Account asked for
event-audit-exported = Audit log exported
event-invitation-revoked = Invitation withdrawn
event-member-invited = Person invited
event-member-joined = Joined an organisation
event-member-removed = Member removed
event-member-role-changed = Role changed
event-platform-brand-changed = Name or colour of the platform changed
event-platform-kit-confirmed = Recovery kit confirmed
event-platform-logo-changed = Logo changed
event-platform-mail-tested = Test letter sent
event-platform-set-up = Platform set up
event-posture-attestation-approved = Document approved
event-posture-attestation-received = Document received
event-posture-attestation-withdrawn = Document taken back
event-posture-claim-changed = Claim published
event-posture-claim-paused = Claim paused
event-posture-claim-withdrawn = Claim withdrawn
event-posture-paused = Proofs paused
event-posture-resumed = Proofs resumed
event-posture-run-requested = Proofs asked for
event-session-ended = Signed out
event-session-opened = Signed in
event-session-refused = Sign-in refused
event-session-revoked = Session signed out
event-tenant-created = Organisation founded
event-tenant-profile-changed = Organisation's settings changed
event-tenant-renamed = Organisation renamed
event-token-created = Access token made
event-token-revoked = Access token revoked

# Who may call an operation
api-auth-open = Nobody has to be signed in
api-auth-person = A signed-in person: session cookie or access token
api-auth-staff = A signed-in person of the platform's staff

# Problems (RFC 9457), by domain and name: heading, what it means, what to do

problem-identity-link-gone = The link no longer works
problem-identity-link-gone-meaning = The link that confirms an address or sets a new password was used already, was replaced by a newer one, has expired, or never existed. These are not told apart. Links to confirm an address work for a day, links to set a password for half an hour, and each works once.
problem-identity-link-gone-help = Ask for a new link: on the page for forgotten passwords, or by signing up again. If you have confirmed the address already, just sign in.
problem-identity-sign-up-closed = Accounts come by invitation
problem-identity-sign-up-closed-meaning = This installation does not let anybody open an account by themselves. No account was opened.
problem-identity-sign-up-closed-help = Ask an owner of an organisation here to invite you: the letter's link opens the account. If you run the service and want it otherwise, set open = true under [sign_up] in the configuration and restart.
problem-identity-wrong-credentials = Address and password do not fit
problem-identity-wrong-credentials-meaning = The address and the password together open no account here. Which of the two is wrong is not told, so that nobody can find out who has an account.
problem-identity-wrong-credentials-help = Check both for typing mistakes. If you have forgotten the password, ask for a link to set a new one.
problem-kernel-bad-request = The request could not be read
problem-kernel-bad-request-meaning = Something in the request is malformed: broken JSON, text that is not UTF-8, an upload that is cut off, an unknown word in the query, or a Host header that is missing or there twice. Nothing was changed. The detail, where there is one, names the kind of mistake and never repeats what was sent.
problem-kernel-bad-request-help = Compare the request with the API document, put it right and send it again. On a page, go back, load it again and send the form once more.
problem-kernel-cross-site = The request comes from another site
problem-kernel-cross-site-meaning = A browser said that this request was started by a page of another site (Sec-Fetch-Site or Origin), and such requests may change nothing here, whoever is signed in. Nothing was changed.
problem-kernel-cross-site-help = Open the console itself and do it there. If you saw this inside the console, its address in the browser differs from the one that reaches the service: a proxy in between has to pass the header Host on unchanged. Programs leave Origin and Sec-Fetch-Site out.
problem-kernel-disk-full = The disk is full
problem-kernel-disk-full-meaning = The service could not write, because its disk has no room left. The change was not made, and what was saved before is still there. The header Retry-After says when trying again makes sense.
problem-kernel-disk-full-help = If you run the service, make room on the disk that holds the data folder; a restart is not needed. If not, tell the people who do, and try again later.
problem-kernel-forbidden = You may not do this
problem-kernel-forbidden-meaning = You are signed in, and what you asked for exists, but your role does not allow it. Nothing was changed.
problem-kernel-forbidden-help = Look at the table of roles on the organisation's team page. An owner of the organisation can change your role, or do it for you.
problem-kernel-internal = Something failed on our side
problem-kernel-internal-meaning = The service met a state that it did not expect: a defect in the program, or damaged data. The reason is in the service's own log and is not shown here.
problem-kernel-internal-help = Look whether the change was made before you send it again; one change to the data is always made whole or not at all. If it happens again, tell the people who run the service the time and the number in trace.
problem-kernel-invalid = A value was refused
problem-kernel-invalid-meaning = The request was read, but at least one value in it cannot be used: it is missing, too short, too long, of the wrong form, or unknown to this address. Nothing was changed. The list errors, where there is one, names each refused field and the reason.
problem-kernel-invalid-help = Put the named fields right and send the request again. The API document says which fields an operation takes; a field that it does not name is refused too.
problem-kernel-method-not-allowed = This address does not take that method
problem-kernel-method-not-allowed-meaning = The address exists, but not for the HTTP method of this request. Nothing was changed. The header Allow names the methods that it takes.
problem-kernel-method-not-allowed-help = Use one of the methods in Allow. The API document names the method of each operation.
problem-kernel-misdirected = This service has another name
problem-kernel-misdirected-meaning = The request named a host that this service does not answer to. An evaluation answers to localhost, 127.0.0.1 and [::1]; a production service to the host of its configured origin. So a page elsewhere cannot pretend to be one of ours.
problem-kernel-misdirected-help = Use the address that the service printed at its start, or that its operator gave you. Behind a proxy, let the proxy pass the Host header on unchanged, and set `origin` in the configuration to the address that people type.
problem-kernel-not-found = There is nothing here
problem-kernel-not-found-meaning = The address is wrong, the thing is gone, or it is not yours to know of. These three get the same answer, so that nobody learns from it what exists. Nothing was changed.
problem-kernel-not-found-help = Check the address and the identifier in it. If the thing belongs to an organisation, sign in with an account that is a member there; the operator's area answers like this to everybody who does not run the platform.
problem-kernel-not-signed-in = Sign in first
problem-kernel-not-signed-in-meaning = This needs an account, and the request came without a valid session or access token. The session may have ended, been revoked or been signed out; the token may be mistyped, revoked or expired. Nothing was changed.
problem-kernel-not-signed-in-help = People sign in again. Programs send Authorization: Bearer with an access token from the page of access tokens, and make a new token when the old one has expired.
problem-kernel-overloaded = Busy just now
problem-kernel-overloaded-meaning = More work is waiting than the service takes on: passwords to check, or changes to write. The request was turned away at once instead of being kept waiting, and the change was not made. The header Retry-After says after how many seconds to try again.
problem-kernel-overloaded-help = Wait as long as Retry-After says, then send the request again. It is safe to do so.
problem-kernel-too-large = That is too large
problem-kernel-too-large-meaning = The body of the request is larger than this address takes: 64 KiB, and a little more than 128 KiB where a logo is uploaded. Nothing was kept of it.
problem-kernel-too-large-help = Send less. If it is a logo, save it as PNG or WebP of at most 128 KiB.
problem-kernel-too-many-requests = Too many requests
problem-kernel-too-many-requests-meaning = There were more requests from this address, or from its network with IPv6, than are allowed in a minute. Nothing was changed, and no account is locked. The header RateLimit says how many are left, and Retry-After when to try again.
problem-kernel-too-many-requests-help = Wait a minute, then send the request again, and send fewer at a time.
problem-kernel-too-slow = The request took too long
problem-kernel-too-slow-meaning = The request, its body included, was not finished within 30 seconds, and the service stopped waiting for it. A change that it had handed over for writing by then may still have been made.
problem-kernel-too-slow-help = Look whether the change was made. If not, send the request again, over a faster connection if the body was what took so long.
problem-kernel-two-principals = Two accounts in one request
problem-kernel-two-principals-meaning = The request carries the session cookie of one account and the access token of another. Neither may silently win, so nothing was done.
problem-kernel-two-principals-help = Send one of the two: the cookie for people, the token for programs.
problem-kernel-unsupported-media-type = That is of the wrong kind
problem-kernel-unsupported-media-type-meaning = The header Content-Type is missing, or names a format that this address does not read. Nothing was changed.
problem-kernel-unsupported-media-type-help = The JSON API reads application/json. Pages read forms (application/x-www-form-urlencoded), and the upload of a logo reads multipart/form-data. Name the format in Content-Type and send the request again.
problem-tenancy-last-owner = The last owner has to stay
problem-tenancy-last-owner-meaning = The change would leave the organisation without an owner, and there is always at least one. Nothing was changed.
problem-tenancy-last-owner-help = Make another member an owner first, then change the role of this one or remove them.
problem-tenancy-link-gone = The link no longer works
problem-tenancy-link-gone-meaning = The invitation or the set-up link was used already, was withdrawn or replaced, has expired, or never existed. These are not told apart. An invitation works once and for seven days, a set-up link once and for half an hour.
problem-tenancy-link-gone-help = If it was an invitation, ask the person who invited you for a new one; if you have accepted it already, just sign in. If it was the set-up link of a new installation, start the program again: it prints a new link as long as nobody has set the installation up.
problem-tenancy-other-address = The invitation is for another address
problem-tenancy-other-address-meaning = The invitation was sent to another e-mail address than that of the account that is signed in. The invitation still works.
problem-tenancy-other-address-help = Sign out and open the link again: sign in with the account of the invited address, or open one. If you want to join with the present account, ask for an invitation to its address.
problem-tenancy-sign-in-first = The invited address has an account
problem-tenancy-sign-in-first-meaning = The invitation is for an address that has an account here, so no second account is opened for it. The invitation still works.
problem-tenancy-sign-in-first-help = Sign in with that account, then open the link again.

# Second factors
field-code = Code
field-code-app = Code of your app
field-code-paper = Backup code
title-factor = Second step
title-show = Is it you?
title-account-security = Sign-in and security
title-totp = Authenticator app
nav-account-security = Sign-in and security
signin-passkey = Continue with a passkey
signin-or = or with a password
passkey-failed = That did not work: no passkey was used, or it does not belong here. Try again, or use another way.
passkey-needs-script = Passkeys need scripts, and this browser has them switched off. Every other way works without.
factor-title-totp = Enter the code from your app
factor-title-backup = Enter a backup code
factor-title-passkey = Use your passkey
factor-title-sent = Enter the code that we send you
factor-lede-totp = Six digits. A code counts once; the next appears within 30 seconds.
factor-lede-mail = Eight digits, sent to the address of your account. They count for ten minutes, and only for this sign-in.
factor-lede-sms = Eight digits, sent to your telephone. They count for ten minutes, and only for this sign-in.
factor-lede-passkey = Your device asks for your finger, your face or its PIN.
factor-lede-backup =
    { $n ->
        [one] One of the codes on paper. This is the last one.
       *[other] One of the codes on paper. Each works once; { $n } are left.
    }
factor-send = Send the code
factor-other = other ways
factor-anew = Not you? Begin anew
factor-way-totp = Use the authenticator app
factor-way-passkey = Use a passkey
factor-way-mail = Send a code by mail
factor-way-sms = Send a code by SMS
factor-way-backup-code = Use a backup code
show-title = Is it you?
show-lede = What you are about to change decides who gets into your account. Show once more that it is you; that counts for ten minutes.
show-button = Go on
show-backup = The phone is not at hand: use a backup code
account-security-lede = What lets you in beside your password.
account-security-shown = You showed who you are; that counts until
account-security-none = A password alone can be stolen
account-security-none-text = Add a passkey or an authenticator app. It takes a minute, and a stolen password is then not enough.
passkeys-title = Passkeys
passkeys-text = A passkey is your device’s own proof that it is you: with your finger, your face or its PIN. Nothing can be phished, and nothing is typed.
passkeys-added = Added
passkeys-used = used
passkeys-unused = not used yet
passkeys-change = Rename or remove
passkeys-name = Name of the passkey
passkeys-name-example = Such as: my laptop
passkeys-add = Add a passkey
passkeys-rename = Rename
passkeys-remove = Remove this passkey
factors-title = Codes
factors-on = On
factors-totp = Authenticator app
factors-totp-text = Six digits that change every thirty seconds, from an app on your phone. It works without a network.
factors-set-up = Set up
factors-replace = Replace
factors-remove = Remove
factors-off = Switch off
factors-switch-on = Switch on
factors-mail = Codes by mail
factors-mail-text = Better than nothing: whoever has your mailbox has the code as well.
factors-sms = Codes by SMS
factors-sms-text = The weakest way: numbers can be taken over. Good as a second way beside another.
factors-sms-number = To the number that ends in { $end }.
factors-sms-field = Telephone number, with the country: +49 …
factors-sms-send = Send a code there
factors-sms-code = The code that came
factors-sms-confirm = Confirm the number
backup-title = Backup codes
backup-left = { $n } of 10 left
backup-text = Ten codes on paper for the day when the phone is gone. Each works once. Making new ones ends the old ones.
backup-make = Make ten codes
backup-renew = Make ten new codes
backup-fresh-heading = Your ten backup codes, shown this once
backup-fresh-text = Each opens your account once, instead of the app or the passkey. Keep them where a thief of your phone does not find them. Older ones no longer work.
backup-download = Download
backup-print = Print
backup-kept = I keep them in a safe place
lost-title = If your phone is lost
lost-1 = Sign in with your password and a backup code, or with a passkey on another device.
lost-2 = Remove here what was on the phone. Sessions on it end at once.
lost-3 = Set the new phone up, and make new backup codes.
lost-end = Without any of these, nobody here can let you in on a word: that door would be open to others, too. Ask an owner of your organisation.
totp-title = Set up the authenticator app
totp-lede = Your account changes only when the app’s first code has counted.
totp-scan = 1. Scan this with the app
totp-picture = Picture with the secret for the app; the same secret stands below in letters
totp-by-hand = No camera? Type this secret into the app:
totp-secret = Secret for the app
totp-form = By time, SHA-1, six digits, thirty seconds: what every app understands.
totp-open = Open in an app on this device
totp-try = 2. Enter the code that it shows
totp-code-hint = Six digits. If it is refused, look whether the phone’s clock is right.
totp-confirm = Switch on
session-method-password = password
session-method-totp = password and app
session-method-backup-code = password and backup code
session-method-passkey = passkey
session-method-mail = password and code by mail
session-method-sms = password and code by SMS
tenant-factor-title = Who needs a second factor here
tenant-factor-nobody = Nobody has to have one
tenant-factor-owners = Owners have to have one
tenant-factor-everybody = Everybody has to have one
tenant-factor-text = It counts from the next request on, for sessions and access tokens alike. Whoever has none is led to set one up.
notice-sign-in-anew = That sign-in has waited too long or was tried too often. Begin anew.
notice-code-sent = The code is on its way.
notice-totp-added = The authenticator app is on. From now on its code is wanted at each sign-in.
notice-passkey-added = The passkey is added. You can sign in with it.
notice-passkey-renamed = The passkey is renamed.
notice-factor-removed = It is removed. Your other sessions are signed out.
notice-mail-codes-on = Codes by mail are on.
notice-phone-added = The number is confirmed. Codes can go there.
notice-factor-first = Set up a second factor first: it is required of you here.
notice-factor-first-own = Set up a second factor for yourself first; then you can require it of others.
error-code-wrong = This code does not count: it is wrong, was used already, or is too old
error-code-soon = A code was sent just now: wait half a minute
error-code-many = Enough codes were sent for this sign-in: begin anew
error-shown-wrong = That was not right
error-phone-invalid = Enter the number with its country, like +49 151 2345678
error-passkey-many = Twenty passkeys are enough: remove one you no longer use
sms-code = { $code } is your code for { $product }. It counts for ten minutes. We never ask for it by telephone.
mail-code-subject = Your code for { $product }: { $code }
mail-code-heading = { $code }
mail-code-line = This is the code for the sign-in to { $product } that is waiting now. It counts for ten minutes, once, and for no other sign-in.
mail-code-end = You are not signing in just now? Then somebody knows your password: change it. We never ask for this code by telephone or mail.
mail-factor-action = Look at it
mail-factor-end = It was not you? Set a new password at once and sign out all other sessions. Sent because warnings about your sign-in cannot be switched off.
mail-totp-added-subject = An authenticator app was added at { $product }
mail-totp-added-heading = An authenticator app was added
mail-totp-added-line = From now on your sign-in to { $product } wants the code of that app. If it was you, there is nothing to do.
mail-passkey-added-subject = A passkey was added at { $product }
mail-passkey-added-heading = A passkey was added
mail-passkey-added-line = Somebody, probably you, can now sign in to your account at { $product } with a new passkey.
mail-phone-added-subject = A telephone was added at { $product }
mail-phone-added-heading = A telephone was added
mail-phone-added-line = Codes for your account at { $product } can now go to a telephone by SMS.
mail-mail-codes-on-subject = Codes by mail are on at { $product }
mail-mail-codes-on-heading = Codes by mail are on
mail-mail-codes-on-line = From now on a sign-in to { $product } can be finished with a code that comes to this address.
mail-factor-removed-subject = A second factor was removed at { $product }
mail-factor-removed-heading = A second factor was removed
mail-factor-removed-line = Something that let you into your account at { $product } was removed, and your other sessions were signed out.
mail-backup-codes-created-subject = New backup codes were made at { $product }
mail-backup-codes-created-heading = New backup codes were made
mail-backup-codes-created-line = The old backup codes of your account at { $product } no longer work; ten new ones do.
event-factor-backup-codes-created = Backup codes made
event-factor-mail-codes-set = Codes by mail switched
event-factor-passkey-added = Passkey added
event-factor-passkey-removed = Passkey removed
event-factor-phone-added = Telephone added
event-factor-phone-removed = Telephone removed
event-factor-refused = Second factor refused
event-factor-totp-added = Authenticator app added
event-factor-totp-removed = Authenticator app removed
event-tenant-factor-wanted = Second factor required of others
problem-identity-factor-first = Set up a second factor first
problem-identity-factor-first-meaning = Backup codes stand in for another second factor, and this account has none. Nothing was changed.
problem-identity-factor-first-help = Add a passkey or an authenticator app, then make the codes.
problem-identity-last-factor = The last second factor has to stay
problem-identity-last-factor-meaning = A second factor is required of this account, by an organisation or by the service, and this is its last one. Nothing was changed.
problem-identity-last-factor-help = Add another one first, then remove this one.
problem-identity-wrong-factor = The code or the passkey does not count
problem-identity-wrong-factor-meaning = What was presented as the second factor is wrong, was used already, is too old, or belongs to another account or another site. These are not told apart.
problem-identity-wrong-factor-help = Wait for the app’s next code, look whether the phone’s clock is right, or use another way. After five wrong codes the sign-in begins anew.
problem-kernel-second-factor-wanted = A second factor is required here
problem-kernel-second-factor-wanted-meaning = The organisation or the service wants a second factor of this account, and it has none. It makes no difference whether the request came with a session or with an access token.
problem-kernel-second-factor-wanted-help = Sign in and set up a passkey or an authenticator app under “Sign-in and security”. It counts from the next request on.
problem-kernel-show-first = Show again who you are
problem-kernel-show-first-meaning = The request changes what lets somebody in, and the person has not shown within ten minutes who they are. Nothing was changed.
problem-kernel-show-first-help = Call show_again with a passkey, a code of the app, or, without either, the password; then repeat the request. Pages ask by themselves.

# Promises of second factors
promise-idn-01-how-1 = A canary puts an authenticator app on its account. From then on its password is given again and again, as somebody would who stole it.
promise-idn-01-how-2 = What the password alone opened is tried on the API and on pages; no code, a wrong one, an empty one, one of three steps ago, and one that was used already are presented. None may count.
promise-idn-01-how-3 = A right code has to be let in, else the run counts for nothing. Then the app is taken off again.
promise-idn-01-not = Whether people choose to have a second factor. Phishing of a code that is used at once: only passkeys withstand that.
promise-idn-01-broken = A proxy lets every second step through, right or wrong.
promise-idn-02-how-1 = A canary makes its ten codes and counts them. One is used, and used again.
promise-idn-02-how-2 = One code is presented in six sign-ins at the same moment: one of them may get in. A code that was never made is tried, and what is left is counted.
promise-idn-02-not = Where people keep the codes.
promise-idn-02-broken = A proxy lets every second step through, right or wrong.
promise-idn-03-how-1 = A device in software is added to a canary as its passkey and signs in once; that has to work.
promise-idn-03-how-2 = The same answer is sent again. Then answers follow with another challenge, for another site, for another relying party, with a broken signature, without finger, face or PIN, and with a counter that runs backwards. None may be taken.
promise-idn-03-not = Whether a device keeps its key safe; attestation of hardware is not demanded of customers.
promise-idn-03-broken = A proxy answers every passkey that was refused as if it had been taken.
promise-idn-29-how-1 = A canary switches codes by mail on. Two sign-ins wait; one has a code sent, which is read from the canary’s mailbox.
promise-idn-29-how-2 = A wrong code is presented, the right one is presented for the other sign-in, another one is asked for at once, and the right one is used twice. Only its first use, in its own sign-in, may count.
promise-idn-29-not = Who else reads the mailbox. How long letters take on other people’s servers. That a code dies after ten minutes is shown by the build’s tests.
promise-idn-29-broken = A proxy lets every second step through, right or wrong.
promise-idn-30-how-1 = A canary confirms a telephone number with the code that is sent to it. Two sign-ins wait; one has a code sent.
promise-idn-30-how-2 = A wrong code is presented, the right one is presented for the other sign-in, and used twice. Only its first use, in its own sign-in, may count.
promise-idn-30-not = The telephone network: a number can be taken over. In an evaluation messages are kept here instead of being sent.
promise-idn-30-broken = A proxy lets every second step through, right or wrong.
promise-idn-31-how-1 = The test vectors of RFC 6238 for SHA-1 are judged: each has to be taken at its time.
promise-idn-31-how-2 = A canary sets an app up; a code of two steps ahead has to be refused, and one of now let in.
promise-idn-31-not = That every app on the market shows these codes. Other algorithms than SHA-1: they are not offered.
promise-idn-31-broken = A proxy lets every second step through, right or wrong.
promise-idn-34-how-1 = A canary invites the other one into its organisation and lets it in. Then it requires a second factor of everybody.
promise-idn-34-how-2 = The guest, who has none, comes back with its session and with an access token from before, to the API and to pages. None may let it in. The owner, who has one, has to be let in and must not be able to remove it.
promise-idn-34-not = Which organisations require it: each decides for itself, and the operator for the whole service.
promise-idn-34-broken = A proxy answers as the organisation did before it required anything.

# Where and with what; forms that anybody can send
title-not-me = This was not me
not-me-title = This was not me
not-me-lede = One press signs everybody out of your account, ends all access tokens and stops the password. Backup codes stop working, and factors that were added since the first warning are gone. Right after that you set a new password.
not-me-button = Sign everybody out
not-me-otherwise = It was you after all? Close this page. Without the button nothing happens.
notice-not-me = Everybody is signed out, and the old password no longer works. Set a new one now.
mail-new-sign-in-subject = New sign-in to your account at { $product }
mail-new-sign-in-heading = A sign-in that we do not know
mail-new-sign-in-line = Somebody signed in to your account at { $product } with a device or from an address that it was not used with before. When: { $at }. Device: { $device }. Address: { $address }. How: { $how }. If it was you, there is nothing to do.
mail-new-sign-in-action = This was not me
mail-new-sign-in-end = The link signs everybody out, stops the password and lets you set a new one. It works for a week. Sent because warnings about sign-ins cannot be switched off. We never ask for a password or a code by e-mail.
event-session-warned = Warning about a sign-in sent
event-account-not-me = “This was not me” pressed
error-email-disposable = This is an address to throw away: enter one that you keep
problem-kernel-too-quick = That was very quick
problem-kernel-too-quick-meaning = The form came back faster than a person fills it, as programs do. Nothing was changed.
problem-kernel-too-quick-help = Go back and send it once more. Programs use the API.

# Promises about guessing, flooding and programs
promise-idn-07-how-1 = A canary signs in, so that its browser and its address are known. Then it signs in with that browser from an address that it never used.
promise-idn-07-how-2 = A letter with a way to undo it has to come; the time until it is there is measured.
promise-idn-07-not = How long letters take on other people’s servers. Whether a known address never gets a letter: that is for the build’s tests.
promise-idn-07-broken = A shadow forgets every address at once, and takes each sign-in for the first.
promise-idn-08-how-1 = A canary signs in, and again from the same address with a browser that it never used.
promise-idn-08-how-2 = A letter with a way to undo it has to come; the time until it is there is measured.
promise-idn-08-not = A thief who has the browser’s cookies as well. How long letters take on other people’s servers.
promise-idn-08-broken = A shadow forgets every address at once, and takes each sign-in for the first.
promise-idn-26-how-1 = From one address as many wrong passwords are tried as are looked at; after that the right one, a wrong one and the right one again. All have to be refused, with the same answer.
promise-idn-26-how-2 = From another address, where nobody was wrong, the owner has to get in at once.
promise-idn-26-not = That it ends after an hour, and that fifty tries at once are not looked at for the price of one: the build’s tests show both. Guesses from many addresses: the limit for an account as a whole slows them.
promise-idn-26-broken = In a shadow every wrong password is forgotten as soon as it is counted.
promise-idn-27-how-1 = With the right password, in a browser that the account does not know, codes of the app are guessed until no more are looked at. After that the right code is presented, in the same sign-in and in a new one; neither may count. The owner’s own browser has to be let in with it.
promise-idn-27-not = Passkeys: they cannot be guessed, and are never slowed down.
promise-idn-27-broken = In a shadow every wrong code is forgotten as soon as it is counted.
promise-idn-38-how-1 = From an address of the probe’s own, more sign-ins are sent in one burst than a minute allows. What is beyond has to be refused, and the refusal has to say when to come back.
promise-idn-38-not = A flood of the machine’s network as a whole. Guesses from many addresses at one account: another promise is about those.
promise-idn-38-broken = A proxy turns every refusal for being too many into another answer.
promise-edg-03-how-1 = Sign-ups with addresses of providers that everybody knows as throw-away, in capitals, on a subdomain and with a plus tag. Each has to be refused.
promise-edg-03-not = Providers that no list has yet. Relays that hide an address which somebody keeps are taken on purpose.
promise-edg-03-broken = A proxy takes every address.
promise-edg-04-how-1 = The entries of the list that is in use are counted, and one of them is tried.
promise-edg-04-not = How many of the entries still exist.
promise-edg-04-broken = A proxy takes every address.
promise-edg-05-how-1 = From one address more sign-ins are sent than a minute allows, from another more sign-ups, each with another X-Forwarded-For. What is beyond has to be refused, and at the other doors that share the limit as well: second steps, passkeys, lost passwords, and the forms.
promise-edg-05-how-2 = In a shadow beside the running system, behind a proxy that it trusts, more sign-ins come from all over one IPv6 /64 than one address may send.
promise-edg-05-not = Networks larger than one IPv6 /64. What a proxy before this program lets through.
promise-edg-05-broken = A proxy turns every refusal for being too many into another answer.
promise-edg-06-how-1 = Letters to one mailbox are asked for from many addresses, with the mailbox spelled in capitals and with plus tags. No more may arrive than an hour allows.
promise-edg-06-not = Spellings that only one provider treats alike, such as dots. Wrong passwords for one account: another promise is about those.
promise-edg-06-broken = A proxy shows a letter for every request.
promise-edg-08-how-1 = Every public page of the program’s own list is fetched; each form on it that anybody can send has to carry the trap.
promise-edg-08-how-2 = The sign-up form is sent with the trap filled, then by somebody else as a person sends it. The first has to be sent on as if all were well, the second has to lead to a letter, and no letter may come for the first.
promise-edg-08-not = Programs that read the page as a person does. The API: it has limits instead.
promise-edg-08-broken = A proxy takes the trap out of every form.

# Strength of passwords
error-password-classes = This password needs a capital and a small letter, a digit and a special sign
error-password-stolen = This password is on a list of stolen passwords: choose another
error-password-unchecked = Passwords cannot be compared with the stolen ones just now: try again in a moment
event-password-corpus-unavailable = Stolen passwords could not be looked up
notice-password-old = Your password is older than six months, and this service wants a new one. Set it here; then you can go on.
meter-label = Strength of the password, 0 to 4
meter-score-0 = Guessed at once
meter-score-1 = Very weak
meter-score-2 = Acceptable
meter-score-3 = Strong
meter-score-4 = Very strong
meter-keyboard = Rows of keys are easy to guess
meter-repeats = Repeating something makes it hardly longer for a guesser
meter-common = It is like a password that many use
meter-sequence = Sequences like abc or 1234 are easy to guess
meter-date = Dates and years are easy to guess
meter-word = A single word is easy to guess
meter-name = Names are easy to guess
meter-more-words = Add another word or two that have nothing to do with each other
meter-no-tricks = Capitals and signs in usual places help little; length helps
problem-kernel-password-old = The password is too old here
problem-kernel-password-old-meaning = This installation wants a new password every six months, and yours is older. Nothing was changed.
problem-kernel-password-old-help = Set a new password in the settings; then repeat the request. Access tokens go on until their own end.

# The promises about weak passwords, the meter and ending a session
promise-idn-23-how-1 = Passwords that everybody guesses first, each long enough, are offered when an account is asked for and when a canary changes its own. Only a refusal that names the password counts.
promise-idn-23-how-2 = A strong one from the same address has to be taken.
promise-idn-23-not = The forms of a lost password, an invitation and the set-up ask the same judge, and are not tried here. A password that is weak for a reason that nobody has listed. Passwords that came with an import are not judged.
promise-idn-23-broken = A proxy answers every refused password as if it had been taken.
promise-idn-33-how-1 = Five reference passwords from weak to strong are given to the judge that the meter asks; no stronger one may score lower, and the ends have to be two steps apart.
promise-idn-33-how-2 = Long ones without capitals, digits or signs have to be accepted.
promise-idn-33-not = With the classic policy this line fails, and says so: that policy is a rule of composition. How a password fares against a list of stolen ones is another promise.
promise-idn-33-broken = A proxy turns every good judgement into a refusal, as a fixed rule of composition would.
promise-web-04-how-1 = A canary signs in from two browsers. The list of sessions has to hold a button for the second one that wants nothing filled in; it is pressed until that session is refused, and the presses are counted.
promise-web-04-not = The way to the list, and a browser’s own drawing of the page: the tests of the product press the button in a real one.
promise-web-04-broken = A proxy goes on answering the ended session as before.
promise-web-08-how-1 = The page of sign-up has to hold the meter and its script. Then a long password is sent to the judge piece by piece, as the script does while somebody types: each piece has to be answered, and the slowest answer is the figure.
promise-web-08-how-2 = The score has to be higher at the end than at the beginning.
promise-web-08-not = The pause that the script waits for after a key, and browsers without scripts: there the form says it after it was sent.
promise-web-08-broken = A proxy gives every piece the same score.

# Stolen passwords and the price of a guess
promise-idn-04-how-1 = Six passwords that are on every list of stolen ones, each long enough, are offered when an account is asked for. Only a refusal that names the list counts.
promise-idn-04-how-2 = A strong one from the same address has to be taken.
promise-idn-04-not = Passwords that the configured list does not have. The built-in list has the 30,000 that were found most often; longer lists are the operator’s to add. Whether a range service answers truly. Passwords that came with an import are not judged.
promise-idn-04-broken = A proxy answers every refusal that names the list as if the password had been taken.
promise-idn-05-how-1 = A canary asks for a letter to set a new password, as anybody can. With the link in it six stolen passwords are offered; only a refusal that names the list counts.
promise-idn-05-not = Passwords that the configured list does not have. The link is not used up: that a good password is taken with it is tried by tests of the build.
promise-idn-05-broken = A proxy answers every refusal that names the list as if the password had been taken.
promise-idn-06-how-1 = A canary changes its own password to six stolen ones, giving its right present one each time. Only a refusal that names the list counts.
promise-idn-06-not = Passwords that the configured list does not have. Forms of the pages: they ask the same verb.
promise-idn-06-broken = A proxy answers every refusal that names the list as if the password had been taken.
promise-idn-17-how-1 = Every stored verifier is read from inside; at the settings of the cheapest one up to eight wrong guesses are hashed on one core, and timed; the fastest one counts.
promise-idn-17-how-2 = The figure is the number of guesses a second. At 100 a second a list of a thousand million passwords takes 116 days for one account, and each account has a salt of its own.
promise-idn-17-not = How fast special hardware is: many cores guess many times as fast. How good the passwords are.
promise-idn-17-broken = In a shadow one account’s verifier gets settings that cost as good as nothing.
promise-idn-28-how-1 = The scheme of every stored verifier is read from inside, also of sign-ups that wait for their letter. One that is not argon2id, or below the floor of the whole system, is an exception for a single account, and a violation.
promise-idn-28-not = Verifiers of a lower cost that is still above the floor: they are made anew when their owner signs in. Inside the verifier of an imported account there is its older hash until its first sign-in.
promise-idn-28-broken = In a shadow one account’s verifier is made one of an old scheme.
promise-idn-36-how-1 = Nothing is attacked. An account has one address and one password verifier, and the store refuses a second account with that address. A password has to pass the strength check wherever a person sets one.
promise-idn-36-not = Whether two people know one password: no program can see that. Passwords that came with an import are not judged.
domain-kernel = The program itself
domain-posture = Proof

# Confirming a location
title-location = Confirm where you are
location-title = Look into your mailbox
location-lede = You sign in from a network that this account has not been used from before. We have sent you a letter: use the link in it, on any device, then go on here.
location-early = The link has not been used yet. Open the letter and confirm there, then press the button again.
location-continue = I have used the link: go on
location-why = The link works for half an hour, and the network is known from then on. Whoever has only your password gets no further than this page.
here-title = Is that you?
here-lede = Somebody who knows your password signs in from a network that your account has not been used from before.
here-device = Device
here-address = Address
here-yes = Yes, let me in there
here-no = No, end it
here-ask = If you are not sure, end it: nothing is lost, and you can sign in again at any time.
notice-location-confirmed = Confirmed. Go on in the browser where you signed in.
notice-location-refused = That sign-in is over. Somebody knows your password: set a new one now.
mail-location-subject = Confirm a sign-in to your account at { $product }
mail-location-heading = A sign-in waits for you
mail-location-line = Somebody signs in to your account at { $product } from a network that it was not used from before, and has shown everything that is wanted but this. When: { $at }. Device: { $device }. Address: { $address }. No session is open yet. If it is you, confirm it; if not, end it there and set a new password.
mail-location-action = Look at it and decide
mail-location-end = The link works once, for half an hour, and lets nobody in by itself. We never ask for a password or a code by e-mail.
event-session-location-held = Sign-in held until its location is confirmed
event-session-location-confirmed = Location of a sign-in confirmed by a mailed link
event-session-location-refused = Sign-in from an unfamiliar location ended by its owner
promise-idn-32-how-1 = A canary signs in with the right password from a network that it was never used from. No session may open, what waits may open nothing, and going on before the link was used may not help.
promise-idn-32-how-2 = The link in the letter is opened in another browser, which must gain nothing, and a second time, which must be refused. Going on from another network must be refused. Then the sign-in has to go on where it began, once.
promise-idn-32-not = Sign-ins with a second factor or a passkey, and those of owners and staff: they take the same path, and tests of the build try the first two. Who reads the mailbox.
promise-idn-32-broken = In a shadow every network is forgotten as soon as it is noted, so that each sign-in is taken for the first.

# Import of people
title-import = Import people
import-title = Import people
import-lede = People who had accounts in another system come with the hashes of their passwords and sign in as before.
import-file = The file
import-csv = Lines of the file
import-csv-hint = Comma-separated values, at most 100 people at a time; the first line names the columns. For longer files there is the command line: vouchsafe user import FILE.
import-example = Example
import-dry-run = Only look what would become of each line
import-run = Import
import-text = bcrypt, PBKDF2-SHA512, SHA-512-crypt and scrypt are understood. Each hash is hashed once more with Argon2id before it is stored and replaced when its person signs in. Without a hash a person sets a password by “Forgotten the password?”. Nobody gets a letter by this.
import-done = Imported
import-would = What would happen
import-count = Accounts opened
import-would-count = Accounts that would be opened
import-known = Known before, left as they are
import-left = Not taken
import-line = Line
import-why = Why
people-import = Import people
error-import-long = At most 100 people at a time.
error-import-lang = Not a language: en or de.
error-hash-scheme = The hash is of none of the schemes that are understood: bcrypt, PBKDF2-SHA512, SHA-512-crypt, scrypt.
error-hash-form = The hash is not complete, or not of the form that its scheme has.
error-hash-cost = The hash is so costly that a sign-in would take too long: at most cost 14 for bcrypt, 1,000,000 rounds for PBKDF2, 200,000 for SHA-512-crypt, 64 MiB and ln=16,r=8,p=2 for scrypt.
event-account-imported = Account imported

# IDN-16

# Import that ran out of time
error-import-busy = There was no time for this one: import it again.

# The CAPTCHA before sign-up and sign-in
title-captcha-link = Go on by mail
captcha-working = One moment: your browser does the small calculation that keeps programs out.
captcha-noscript = Your browser runs no scripts, so it cannot do the calculation that keeps programs out.
captcha-link = Have a link mailed instead
captcha-link-title = Go on by mail
captcha-link-lede = Enter your address. We send a link that opens the form without the calculation that keeps programs out. It works for 30 minutes, for this address.
captcha-link-button = Send the link
captcha-link-back = Back to the form
sent-link-signin-heading = Look into your mail
sent-link-signin-text = If an account has this address, a message with a link is on its way. The link opens the sign-in page; there you enter your password as always.
sent-link-signup-heading = Look into your mail
sent-link-signup-text = A message with a link is on its way. The link opens the form in which you create your account.
mail-way-signin-subject = Your link to sign in at { $product }
mail-way-signin-heading = Go on with signing in
mail-way-signin-line = Somebody, probably you, signs in at { $product } with a browser that runs no scripts. The link opens the sign-in page; the password is asked for there. It works for 30 minutes.
mail-way-signin-action = Open the sign-in page
mail-way-signup-subject = Your link to create an account at { $product }
mail-way-signup-heading = Go on with your account
mail-way-signup-line = Somebody, probably you, creates an account at { $product } with a browser that runs no scripts. The link opens the form. It works for 30 minutes.
mail-way-signup-action = Open the form
mail-way-end = It was not you? Then there is nothing to do: the link alone opens nothing.
error-captcha-down = The service that tells people from programs did not answer. Send the form again: another check stands in for it now.
error-captcha-missing = Your browser has not done the calculation that keeps programs out. Send the form again; if it runs no scripts, have a link mailed instead.
error-captcha-refused = The calculation that keeps programs out had been used or was too old. Send the form again.
problem-kernel-captcha-wanted = Solve a challenge first
problem-kernel-captcha-wanted-meaning = Sign-up and sign-in want a solved challenge, so that trying passwords costs programs something. None was presented, or it was too old, used already, for something else, or wrong.
problem-kernel-captcha-wanted-help = Call get_captcha, solve what it answers (any ALTCHA v2 client can), and send base64 of challenge and solution in the Captcha header within two minutes. Pages do it by themselves.
event-session-way-mailed = A link past the CAPTCHA was mailed

# Promises: the CAPTCHA, imports, staff, the classic policy
promise-edg-01-how-1 = Sign-ups arrive without a solved challenge, with words that are none, with one that was used, that was solved for something else or on another network, with one that another site signed, one that was made easy or made to last, and, from the second run on, with one that is too old. Each has to be refused; a right one has to be taken.
promise-edg-01-how-2 = The page's form is sent without a solution, and with the part of a mailed link that was made up.
promise-edg-01-not = That a solution comes from a person: it is work, which a program can pay for, too. The link that browsers without scripts have mailed: for half an hour it stands for a solution, for its one address. Where a CAPTCHA service judges on the pages, its answers; the API takes our own challenge. Invited people, who come by a link of their own.
promise-edg-01-broken = A proxy takes whoever comes without a solution.
promise-edg-02-how-1 = A canary's right password arrives without a solved challenge, with words that are none, with one that was used, that was solved for something else or on another network, with one that another site signed, one that was made easy or made to last, and, from the second run on, with one that is too old. Each has to be refused; with a right one the canary is let in.
promise-edg-02-how-2 = The page's form is sent without a solution, and with the part of a mailed link that was made up.
promise-edg-02-not = That a solution comes from a person: it is work, which a program can pay for, too. The link that browsers without scripts have mailed: for half an hour it stands for a solution, for its one address, however often. Passkeys, which are not guessed and want none. Where a CAPTCHA service judges on the pages, its answers; the API takes our own challenge.
promise-edg-02-broken = A proxy lets in whoever comes without a solution.
promise-idn-16-how-1 = In a shadow, staff import one account each with published hashes of bcrypt, PBKDF2-SHA512, SHA-512-crypt and scrypt. What is stored has to be the old hash inside argon2id; a wrong password is refused, the old one lets in, and after that argon2id alone is stored and still lets in.
promise-idn-16-not = How strong an imported password is, and who may have learned its old hash elsewhere. Until the first sign-in an imported account answers the guesses that are looked at more slowly than others, by the time that its old hash takes; so a stranger who measures can tell that it was imported, and when guessing is locked. Accounts that have not signed in since an import: their old hashes lie inside argon2id until then.
promise-idn-16-broken = In a shadow, stored verifiers cannot be replaced.
promise-idn-20-how-1 = In a shadow, a member of staff offers a password for a customer to every operation of the API that changes anything, in four shapes; those that only start proofs or sign out are left out. No answer may hold the customer's password, verifier or reset link; afterwards the stored verifier has to be the same, and the offered password must not let in.
promise-idn-20-not = Forms of pages, which lead to the same operations. An import: it opens new accounts with the hashes of another system, and whoever imports could bring the hash of a password that they know. The audit log names who imported, and the owner gets a letter at the first sign-in.
promise-idn-20-broken = In a shadow, a password that one person sets becomes everybody's.
promise-idn-21-how-1 = In a shadow, a member of staff opens every page and list, those about a customer included, and starts a reset. No answer may hold the customer's password, its verifier, or the link of the reset.
promise-idn-21-not = Who holds the files and the keys of the machine can replace the program itself. It is tried in a shadow: the running system has no staff canaries.
promise-idn-21-broken = A proxy keeps the passwords that people type, and shows them to staff.
promise-idn-24-how-1 = In a shadow with the same policy, a user and a member of staff try passwords that are one character too short or lack one kind of character each, and one just inside the rule.
promise-idn-24-not = Passwords that were set before the rule was switched on.
promise-idn-24-broken = A proxy takes every password.
promise-idn-25-how-1 = In a shadow whose clock is put forward day by day, from just under six months on, it is looked for the first day on which two operations and a page want a new password first; until then the old one lets in, and they give way once a new one is set.
promise-idn-25-not = Access tokens, which have an end of their own.
promise-idn-25-broken = A proxy turns the demand for a new password into an answer.

# When a solution was refused
captcha-again = If it keeps being refused:

# The published wording beside a translation
claim-original = Published wording:

# Hardware keys of staff
session-method-hardware-key = hardware key
passkeys-hardware = hardware key
hardware-missing = Staff need a hardware key here
hardware-missing-text = The operator's area opens with a hardware key only. Add yours below; the area opens at once.
hardware-text = As staff you add hardware keys of the makers that this service trusts. The browser will ask whether it may tell the key's model: allow it, or the key is refused. Keep a second key in a safe place.
hardware-failed = That key was not added. It has to be a hardware key of a maker that this service trusts, and the browser has to be allowed to tell its model.
show-lede-key = Staff show it with their hardware key. It counts for ten minutes, and opens the operator's area for this session.
notice-hardware-key = The operator's area opens with your hardware key.
notice-hardware-key-first = The operator's area opens with a hardware key only. Add yours here first.
problem-kernel-hardware-key-wanted = Staff need their hardware key here
problem-kernel-hardware-key-wanted-meaning = This installation lets staff into the operator's area with a hardware key of a trusted maker only. The session was opened with something less, or the request came with an access token.
problem-kernel-hardware-key-wanted-help = Sign in with the hardware key, or show it again under /show. If the account has none, add one under “Sign-in and security”. Programs use the command line on the machine itself.
promise-idn-39-how-1 = In a shadow that demands hardware keys of the same makers, and of one that the probe itself plays, staff with the password alone, and with password and backup code of an account that has a key, try every page and operation of the operator's area; with an access token they try one.
promise-idn-39-how-2 = Keys that say nothing of their maker, that vouch for themselves, and of a maker that nobody trusts are offered; each has to be refused. A key that counts has to be taken, and to open the area.
promise-idn-39-not = Real keys: the probe plays the device and its maker. Whether a maker's keys are what their maker says. The command line on the machine itself, and the first key of an account that has none: whoever has its password can add that one.
promise-idn-39-broken = A proxy lets in where the guard asks for the key.

# A tenant's own audit log
nav-tenant-audit = Audit log
matrix-audit = Read the audit log
audit-own-lede = Who did what in this organisation, when, and whether it was refused. Where people of this organisation came from is shown; where others came from is not.
audit-own-log = This is a part of the platform’s one log
audit-shown-own = Entries: { $shown }
error-format = Choose csv, json or ndjson.

# Support sessions
title-support = Support access
title-admin-support = Look into an organisation
nav-support = Support access
matrix-support = Let staff in and send them out
tenants-support = Look in
audit-note = In words
audit-support = In support session
audit-by-support = staff, support
support-banner = Support session
support-banner-who = Support session in { $tenant }:
support-banner-until = until
support-banner-why = because:
support-banner-open = Look at it
support-banner-stop = Stop
support-title = Support access
support-lede = Every time that the platform’s staff looked into this organisation: who, why, for how long. They see settings and team, change only what is named here, and never sign-in, roles or secrets.
support-log = What they looked at
support-empty-heading = Nobody of the staff looked in
support-empty-text = When somebody does, it stands here at once, and the owners get a letter.
support-staff = Who and why
support-state = State
support-when = When
support-what = What
support-state-open = looking in now
support-state-asked = waits for an answer
support-state-ended = over
support-state-refused = not let in
support-end = End it
support-allow = Let in
support-refuse = Refuse
support-ended-at = ended
support-ends-at = ends
support-settings = looking, and changing name, description and contact
support-looking = looking alone
support-mode-title = May staff look in?
support-mode-open = At once, with a written reason. The owners get a letter.
support-mode-ask = Only after an owner has let them in.
support-mode-closed = Not at all. Whoever is in is out at once.
admin-support-title = Look into { $tenant }
admin-support-lede = For an hour at most, over your own session. The organisation sees your name, your reason and every page that you open.
admin-support-busy = You have a support session already, or one that waits for an answer. Stop it first: they are not stacked, and none is made longer.
admin-support-closed = This organisation lets no staff in. Ask an owner to change that under “Support access”.
admin-support-ask = Ask to look in
admin-support-begin = Begin to look
admin-support-reason = Reason
admin-support-reason-hint = The organisation reads it. Name the ticket and what you have to find out.
admin-support-minutes = Minutes, at most 60
admin-support-settings = I also have to change name, description or contact
admin-support-text = It ends by itself, and cannot be made longer. Sign-in, roles, invitations and the audit log of the organisation stay closed.
admin-support-before = Support sessions here so far
error-support-reason = Write why, in a few words: the organisation reads it.
error-support-reason-long = Use 500 characters at most.
error-support-minutes = Choose 1 to 60 minutes.
error-support-member = You are a member of that organisation: open it as one.
error-support-closed = That organisation lets no staff in.
error-support-mode = Choose open, ask or closed.
notice-support-started = You are looking into this organisation now. Its owners were told.
notice-support-asked = The owners were asked. You get in when one of them agrees, for as long as you asked, if you are still signed in here.
notice-support-ended = The support session is over.
notice-support-allowed = They can look in now.
notice-support-refused = They were not let in.
event-support-allowed = Staff let in
event-support-asked = Staff asked to look in
event-support-ended = Support session ended
event-support-mode-changed = Rule for support access changed
event-support-refused = Staff not let in
event-support-started = Support session began
event-support-used = Looked at in a support session
problem-tenancy-support-busy = One support session at a time
problem-tenancy-support-busy-meaning = You have a support session that is open, or one that waits for an owner’s answer. Sessions are not stacked, and none is made longer.
problem-tenancy-support-busy-help = Stop the other one, then begin this one with its own reason.
mail-support-started-subject = { $staff } of { $product } is looking into { $tenant }
mail-support-started-heading = Somebody of the staff is looking in
mail-support-started-line = { $staff } of { $product } began a support session in { $tenant }, until { $until } at the latest. The reason: { $reason }
mail-support-started-action = See it, or end it
mail-support-started-end = You can end it at once, and have staff ask first from now on.
mail-support-asked-subject = { $staff } of { $product } asks to look into { $tenant }
mail-support-asked-heading = May staff look in?
mail-support-asked-line = { $staff } of { $product } asks to look into { $tenant }. The reason: { $reason } The question ends at { $until }.
mail-support-asked-action = Answer
mail-support-asked-end = Without an answer nobody gets in.

# What probes of support sessions do
promise-ten-12-how-1 = In a shadow, staff ask for no minutes, for 61 and for a day, and begin one for 60 on a canary’s tenant. From within it they ask for another one, there and elsewhere.
promise-ten-12-how-2 = The shadow’s clock goes on. Ten seconds before the hour is over the tenant has to be open, a second after it closed, and there has to be nothing left to stop.
promise-ten-12-not = Requests that began before the end and are still being answered. Whoever has the files of the machine itself.
promise-ten-12-broken = A proxy lets in where the tenant is closed.
promise-ten-13-how-1 = In a shadow, staff in a support session open every page of the program’s own list that they get, their own, the operator’s, the customer’s and the public ones.
promise-ten-13-how-2 = Each has to carry the banner with the reason, the end and a way to stop. Answers of the API have to say it in a header.
promise-ten-13-not = Whether the banner is seen: the text is looked for, not the picture. Files, feeds, what is told to somebody who opens the address of a form, and addresses that do not exist have no banner. Applications beside this program.
promise-ten-13-broken = A proxy takes the banner out of every page.
promise-ten-14-how-1 = In a shadow, staff begin without a reason, with blanks, with three letters, with dots, and with one long word; each has to be refused, and the tenant has to stay closed.
promise-ten-14-how-2 = A reason that was taken has to stand, word for word, in the log that the tenant’s owner reads.
promise-ten-14-not = Whether a reason is true, or good. Twelve letters in two words are taken.
promise-ten-14-broken = A proxy takes every reason.
promise-ten-16-how-1 = In a shadow, staff in a support session that may look alone, and in one that may change settings, reach for sign-in rules, roles, members, invitations, the log, the rule for support and another tenant.
promise-ten-16-how-2 = Each has to be refused; settings as well, without the grant. After stopping nothing is open.
promise-ten-16-not = Files, servers, secrets, billing and recordings: there are none in this program yet. Whether a look was needed for the diagnosis.
promise-ten-16-broken = A proxy lets in wherever the tenant refuses.
promise-aud-04-how-1 = In a shadow, staff begin a support session, look at four things of the API and a page, one of them closed to them, and stop.
promise-aud-04-how-2 = The tenant’s owner has to find the beginning, the reason, each look with who it was, and the end in the tenant’s log.
promise-aud-04-not = What was on the screen. Whoever has the files of the machine itself leaves no entry.
promise-aud-04-broken = A proxy takes the looks out of the log that the owner reads.
promise-web-09-how-1 = In a shadow, staff in a support session open every page of the program’s own list that they get; each has to carry the banner with the reason, the end and a way to stop.
promise-web-09-not = Whether the banner is seen: the text is looked for, not the picture. Addresses of forms, and those that do not exist, have none. Applications beside this program.
promise-web-09-broken = A proxy takes the banner out of every page.

# What probes of the log and of invitations do
promise-ten-10-how-1 = In a shadow, a canary invites another one. On the shadow’s clock the link is used a minute before the week is over, and another one a minute after.
promise-ten-10-not = Links to the second: the limit is found to the minute. Invitations that were withdrawn.
promise-ten-10-broken = A proxy answers old links as if they counted.
promise-aud-06-how-1 = In a shadow, a canary’s tenant leaves an entry. Staff open the page with fifteen filters: by actor, tenant, type, result and time, right and wrong, and several at once.
promise-aud-06-how-2 = The entry has to be shown by each filter that fits, and by no other.
promise-aud-06-not = Other entries than the one that was planted. A browser: the page’s text is read.
promise-aud-06-broken = A proxy takes the rows out of the page.
promise-aud-08-how-1 = Two canaries’ tenants leave entries. With an access token of the one, its log is read by the API, with filters that name the other’s tenant, account and name, and as an export.
promise-aud-08-how-2 = Each row has to be the tenant’s own. The other’s log is asked for by its name and its identifier, and must not be found. What else the token’s person may read by their own name, pages and resources of the API, is tried with it, too: the token is for the log alone, and has to be refused.
promise-aud-08-not = Whether the log has everything that was done; other lines look for that. Tenants that are not canaries.
promise-aud-08-broken = A proxy puts a row of somebody else into each answer, and lets a token in wherever it is not meant for.

# Support sessions that came too late
error-support-changed = The organisation changed its rule just now. Try again.
notice-support-gone = Who asked has signed out meanwhile: nobody was let in.

## Invitations sent again, and an organisation that is handed over

team-resend = Send again
team-hand-over = Make owner
team-hand-over-heading = Hand the organisation over to { $name }?
team-hand-over-text = They become an owner and may do everything, also remove you. You become an operator. Only they can change that back.
team-hand-over-yes = Hand over
notice-invited-again = The letter is on its way again, with a new link. The old one no longer works.
notice-handed-over = The organisation has a new owner. You are an operator now.
error-invitation-just-sent = The letter went out less than five minutes ago. Wait a little before sending it again.
event-invitation-resent = Invitation sent again
event-tenant-owner-changed = Organisation handed over
matrix-close = Hand over or close the organisation

## The life of an organisation: closed, suspended, opened again

tenant-close-title = Close the organisation
tenant-close-text = Nobody comes in any more, at once. For { $n } days you can open it again from your overview; then its key is destroyed and its file is removed, and nobody can bring it back. Take along first what you want to keep.
tenant-close-export = Export everything
tenant-close-export-log = Export the log
tenant-close-confirm = To close it, type its name in addresses
tenant-close-confirm-hint = That is { $slug }
tenant-close-button = Close the organisation
error-close-confirm = Type the organisation’s name in addresses exactly as it is shown.
error-suspend-reason = Write why, in 12 to 500 characters: the owners read it.
dashboard-shut-closed = This organisation is closed. It is deleted for good on
dashboard-shut-reopen = Open it again
dashboard-shut-suspended = This organisation is suspended. Nothing of it is lost; its owners have a letter that says why.
notice-tenant-closed = The organisation is closed. You can open it again below.
notice-tenant-reopened = The organisation is open again.
notice-tenant-suspended = The organisation is suspended, and its owners are told.
notice-tenant-resumed = The organisation is let in again.
tenants-suspended = Suspended
tenants-closed = Closed by its owner
tenants-suspend = Suspend
tenants-resume = Let in again
tenants-suspend-heading = Suspend { $name }?
tenants-suspend-text = None of its people comes in any more, at once. Nothing is lost, and you can let them in again. The owners get a letter with the reason.
tenants-suspend-reason = Why
event-tenant-closed = Organisation closed
event-tenant-reopened = Organisation opened again
event-tenant-suspended = Organisation suspended
event-tenant-resumed = Organisation let in again
event-tenant-deleted = Organisation deleted for good
mail-tenant-closed-subject = { $tenant } was closed
mail-tenant-closed-heading = Your organisation is closed
mail-tenant-closed-line = An owner closed { $tenant }. Nobody comes in any more. Until { $until } an owner can open it again; then it is deleted for good.
mail-tenant-closed-action = Open it again
mail-tenant-closed-end = You get this because you own the organisation.
mail-tenant-suspended-subject = { $tenant } was suspended
mail-tenant-suspended-heading = Your organisation is suspended
mail-tenant-suspended-line = The staff of { $product } suspended { $tenant }. Nobody of it comes in any more, and nothing is lost. The reason: { $reason }
mail-tenant-suspended-action = See it
mail-tenant-suspended-end = You get this because you own the organisation. Answer this letter to talk about it.

## What the probes of roles, removals and what cannot be taken back do

promise-ten-07-how-1 = In one canary’s tenant, another one is operator, billing and viewer in turn, and the first is its owner. As each of them every route of a tenant in the program’s own list is called, page and operation, and each answer is compared with the table of rights, both ways.
promise-ten-07-how-2 = Seven words are tried as a role; just three may be taken.
promise-ten-07-not = Whether the table itself is the right one for your organisation. What a route does beyond letting in: identifiers that are not there are named, so that nothing is changed.
promise-ten-07-broken = A proxy lets every role in wherever the table refuses.
promise-ten-19-how-1 = As each role of a tenant, paths and methods are called that the program’s list of routes does not have, and every route of the operator’s area.
promise-ten-19-how-2 = Each has to be refused, as has the table, asked for the operator’s rights on behalf of each role.
promise-ten-19-not = Every path that one can think of: nine are tried as each role.
promise-ten-19-broken = A proxy answers what is not there as if it were.
promise-ten-08-how-1 = In a shadow, a canary tries as viewer, billing and operator each step of another’s tenant that cannot be taken back: closing it, handing it over. By page, by operation, with an access token, and with a page from when it was an owner. Staff try in a support session, with the widest grant.
promise-ten-08-how-2 = The owner has to be refused with an access token and without the tenant’s name, and let in with it; and opens it again.
promise-ten-08-not = Cancelling and changing a plan: there are no plans in this program yet. That what was closed is deleted after thirty days.
promise-ten-08-broken = A proxy takes the closing from everybody.
promise-ten-09-how-1 = A canary invites another one. Of the letter’s link each letter is altered once; the signature is left out, emptied, taken from another link and doubled.
promise-ten-09-how-2 = The true link is used with another address, with another role, rightly, and once more.
promise-ten-09-not = A changed row in the database: tests do that, not this probe. Whether a letter is read by somebody else.
promise-ten-09-broken = A proxy shows every link what the last good one showed.
promise-ten-11-how-1 = A canary joins another’s tenant, enters it in four sessions and with an access token, and is removed. With each it goes on calling; when the last call was let in is measured.
promise-ten-11-how-2 = Each session that had entered has to have ended, everywhere.
promise-ten-11-not = Open streams and SSH certificates: there are none in this program yet. An access token itself goes on to count for the person’s own things, and opens nothing of the tenant.
promise-ten-11-broken = A proxy answers the removed one as before.
promise-ten-15-how-1 = In a shadow, staff try a customer’s address with their own password and the other way round, and a customer’s login at the operator’s area.
promise-ten-15-how-2 = In a support session they look and change something; each entry of the tenant’s log has to bear the name of the member of staff and of the support session.
promise-ten-15-not = Staff who were told a customer’s password: nothing tells them from the customer.
promise-ten-15-broken = A proxy writes the owner’s name on what staff did.

## Privacy

title-sub-processors = Sub-processors
title-dpa = Data processing agreement
title-data-locations = Where data lies
title-privacy = Privacy
title-admin-privacy = Privacy
nav-admin-privacy = Privacy
processors-heading = Sub-processors
processors-lede = Every company outside that gets data of this platform. A new one is announced here { $n } days before it begins.
processors-feed = Follow changes (Atom)
processors-dpa = Data processing agreement
processors-undeclared = Sends data where no company below stands for
processors-undeclared-mark = Not declared
processors-empty-heading = No company outside gets data
processors-empty-text = Everything stays on the operator’s own machines. Should that change, it is announced here first.
processors-now = At work
processors-coming = Announced
processors-before = Before
processors-company = Company
processors-purpose = What for
processors-country = Where
processors-since = Since
processors-hosts = Hosts
processors-hosts-hint = Names of hosts to which this program sends something for it, separated by spaces.
processors-end = End
processors-announce = Announce a company
processors-announce-text = It is in public at once, and begins its work in { $n } days, so that customers can object.
processors-announce-button = Announce
processors-at-work = It is at work already: the list is to be made true
error-processor-line = Fill this in, with 200 characters at most.
error-processor-hosts = Write names of hosts, like mail.example.com, twenty at most.
error-processor-many = There are 200 companies on the list: that is the most.
notice-processor-announced = The company is on the public list.
notice-processor-ended = The company is among those of before.
dpa-sign-link = Sign it
dpa-as-text = As plain text
dpa-signed = Signed
dpa-receipt-id = Number
dpa-receipt-at = Signed at
dpa-receipt-keep = Keep this page, and the text. The digest says which text you signed.
dpa-digest = SHA-256 of the text
dpa-sign-heading = Sign the agreement
dpa-sign-text = No account and no purchase is needed. What you write here is kept as proof of the contract.
dpa-sign-button = Sign
dpa-company = Company
dpa-signatures = Who signed the agreement
dpa-signatures-empty = Nobody yet. Anybody can sign at /dpa, without an account.
error-dpa-company = Write the company’s name, with 200 characters at most.
error-dpa-many = Too many signatures today: try again tomorrow, or write to us.
locations-heading = Where data lies
locations-lede = An organisation’s data stays in the region that was chosen for it at its founding.
locations-regions = Regions
locations-region = Region
locations-place = Place
locations-holds = What lies there
locations-holds-text = Data of organisations, accounts, the log, and backups that this program makes
locations-unsaid = The operator has not said where its machines stand
locations-foot = That data lies in its region is tried again and again; where that is on a map the operator says.
privacy-heading = What is kept, and why
privacy-lede = This list is the program’s own: tests compare it with every column of its tables.
privacy-rights = Whoever has an account can take along everything that is kept of them, and anonymise themselves, in the settings, without asking anybody. After that their key is destroyed, and what was sealed under it cannot be read by anybody. What stays: entries of the log, with an identifier behind which nobody is any more, the record of which staff looked into an organisation, and signatures under the agreement, which are proof of a contract. Copies in backups stay readable until the operator’s backups run out.
privacy-settings = Settings
privacy-show = Show the columns
privacy-kind-sealed = Sealed under a key that can be destroyed
privacy-kind-pseudonym = Refers to a person by an identifier
privacy-kind-credential = Only as a hash: nobody can read it
privacy-kind-plain = Tells nothing about a person
admin-privacy-title = Privacy
admin-privacy-lede = What the public pages say of companies outside, and who signed the agreement.
settings-privacy = Privacy
settings-privacy-text = Take along everything that is kept of you, or have yourself forgotten: your name, address, devices and factors go at once, and your key is destroyed. Nobody can undo that.
settings-privacy-more = What is kept, and why
settings-privacy-export = Export everything about me
settings-privacy-anonymise = Anonymise me …
settings-privacy-sure = Have yourself forgotten?
settings-privacy-sure-text = You are signed out everywhere, and nobody can sign in with your address any more. Your organisations lose you as a member. Entries of the log stay, without a name behind them. There is no way back.
settings-privacy-yes = Yes, anonymise me
notice-anonymised = You are forgotten here. Nothing leads from what is left to you.
notice-owns-alone = An organisation is yours alone: hand it over or close it first.
notice-last-staff = Nobody else runs this platform: it would be without staff.
event-account-anonymised = Account anonymised
event-account-exported = Own data exported
event-dpa-signed = Data processing agreement signed
event-processor-announced = Sub-processor announced
event-processor-ended = Sub-processor ended
nav-privacy = Privacy
nav-sub-processors = Sub-processors
nav-dpa = Agreement

## Problems of privacy

problem-privacy-last-staff = Somebody has to run the platform
problem-privacy-last-staff-meaning = The account is the only one of the staff. Without it nobody could run this platform any more. Nothing was changed.
problem-privacy-last-staff-help = Let somebody else become staff first.
problem-privacy-other-text = The agreement has another text now
problem-privacy-other-text-meaning = The digest that came with the signature is not that of the text in force: the text was changed after the page was opened, or the digest was altered. Nothing was signed.
problem-privacy-other-text-help = Open /dpa again, read it, and sign.
problem-privacy-owns-alone = Something is yours alone
problem-privacy-owns-alone-meaning = You are the only owner of an organisation. If you were forgotten, nobody could run it any more. Nothing was changed.
problem-privacy-owns-alone-help = Hand the organisation over to another member, or close it, then try again.

## What the probes of privacy do

promise-prv-01-how-1 = In a shadow, somebody is invited, opens an account, leaves bait in their name, a token and a passkey, and has themselves forgotten.
promise-prv-01-how-2 = Then the bait is looked for in every list and export that showed it before, by those who may see them, in every file, and in every cell of the tables. Session, sign-in and key have to be gone, and no entry of the log about them may still say where it came from.
promise-prv-01-not = Copies that others made before: exports, screenshots, letters that arrived. Backups stay readable until they run out. A search index: there is none in this program.
promise-prv-01-broken = A proxy answers the list of people as it first was.
promise-web-01-how-1 = In a shadow, somebody new opens the settings, follows the export, and sends the form that anonymises. Both have to be on that page, and to work.
promise-web-01-not = How it looks in a browser: tests with a real one see to that. How many seconds a person needs.
promise-web-01-broken = A proxy takes the form out of the page.
promise-prv-02-how-1 = Each host outside that a setting of the program names has to belong to a company on the list that is at work. Page and feed have to be open to anybody and name each company.
promise-prv-02-not = What staff send elsewhere by hand, and what other programs on these machines send. The traffic itself is not watched; what is compared are the settings that cause it. Whether a company does what the list says.
promise-prv-02-broken = Data is said to go to a host that no company stands for.
promise-web-03-how-1 = The page, the feed and the list for programs are fetched without a sign-in.
promise-web-03-not = Whether it can be reached from every network: it is fetched from where this program runs.
promise-web-03-broken = A proxy sends strangers to the sign-in.
promise-prv-03-how-1 = Without a sign-in, the agreement’s text is fetched and its digest computed; it has to be the one on the page and the one that is signed, and the page has to have the form to sign.
promise-prv-03-not = Whether the text is good law. It is fetched from where this program runs, not from a second place.
promise-prv-03-broken = A proxy adds a sentence to the text.
promise-prv-04-how-1 = For each canary’s tenant its file has to lie in the folder of its region, and no other file of it anywhere. Five other regions are asked for at a founding, and one for a tenant that is there.
promise-prv-04-not = Where on the map the machine stands: the operator says that, at /data-locations. Backups that the operator takes elsewhere. Network traffic.
promise-prv-04-broken = In a shadow, a tenant’s file is copied to the folder of another region.

## The whole log as a file

audit-archive = Whole log, with proof
audit-archive-hint = Checked away from here, against its signed checkpoint:
event-audit-archived = Whole audit log saved

## Refused calls

event-access-refused = Administrative call refused

## What the probes of the log do

promise-aud-03-how-1 = In a shadow, a customer calls every route of the operator’s area and of another’s tenant, as a page and as an operation; each refused call has to be in the log, by its trace.
promise-aud-03-how-2 = Then staff do each thing that staff can do in a shadow; each has to be in the log too.
promise-aud-03-not = That staff looked at a page, unless in a support session or to export. Running, breaking, publishing and pausing lines of this page, importing people, and the forms of the pages: tests see to those. Routes that refuse a stranger’s form before asking who it is. What a role inside a tenant may not do: tests see to that. Of more than 600 refused calls of one account in one tenant in ten minutes the log has the number.
promise-aud-03-broken = A proxy takes the refusals out of what the log answers.
promise-aud-07-how-1 = In a shadow, staff export the log as a table, as lines and whole. The whole one is checked without the server: each entry’s hash up to the signed root. No row of the other two may be missing.
promise-aud-07-how-2 = Then an entry is left out, doubled and altered, at up to 11 places, and a row is left out; each has to be found.
promise-aud-07-not = Whether an event was written down at all, and whether a newer file would have more: it is whole up to its own checkpoint. What the cells of a row say, beyond which entry it is. A filtered export, or one tenant’s part: that it is all the filter finds cannot be shown by the file. The newest rows, if an export is said to be older.
promise-aud-07-broken = A proxy leaves an entry out of the file.
promise-web-02-how-1 = In a shadow, staff go from link to link: to the page, filter for a planted entry, open it, export what is shown in three formats, and take the whole log along.
promise-web-02-how-2 = A customer has to find nothing there, and nobody has to be sent to the sign-in.
promise-web-02-not = How it looks and works in a browser: tests with a real one see to that.
promise-web-02-broken = A proxy takes the links to entries out of the page.

## Who signs

dpa-signer = Signed by

## Origins that may call the API

tenant-origins-title = Calls of the API from other sites
tenant-origins-text = A page of another site can call the API for this organisation, with an access token, only if its origin is listed here. Programs outside of browsers are not affected, and a cookie never counts for another site.
tenant-origins-list = Origins that may call, one a line
tenant-origins-hint = Exactly as browsers send it: https:// and the host, with a port if it is not the usual one. Without a path and without wildcards.
tenant-origins-others = What happens to others
tenant-origins-enforce = Calls from other origins are refused
tenant-origins-report = Calls from other origins are let through and noted in the log, to find out who calls
tenant-origins-none = No origin is listed.
error-origin-invalid = One line is no origin. Write each like https://crm.example.com: https:// and the host, without a path and without wildcards.
error-origin-many = List at most 50 origins.
error-origin-mode = The mode is either enforce or report.
event-tenant-origins-changed = Origins that may call the API changed
event-access-reported = A call from an origin that is not listed was let through
problem-kernel-origin-not-listed = This origin may not call the API
problem-kernel-origin-not-listed-meaning = A page of another site called the API with an access token, and its origin is not in the list of the organisation that the call is about. What is about no organisation is open to no other site at all.
problem-kernel-origin-not-listed-help = An owner of the organisation adds the origin in its settings, under “Calls of the API from other sites”, exactly as the browser sends it. A program on a server needs no entry: it sends no Origin header.
promise-edg-10-how-1 = A canary lists one origin, makes an access token and calls everything of the API that the token opens, as pages of other sites would: an unlisted origin, look-alikes, other ports, no TLS, null, and a page that hides its origin.
promise-edg-10-how-2 = Each call has to be refused for its origin, and no browser that asks first may be permitted anything. The listed origin has to be let in, or nothing counts.
promise-edg-10-not = That a token is in the right hands: a program that sends no Origin header is no page, and the list does not stop it.
promise-edg-10-broken = A proxy answers calls from all origins.
promise-web-07-how-1 = A canary edits its list four times, adding and taking away origins, and calls the API from them at once: what is listed has to be let in, what is not has to be refused. How long the old list still counted is measured.
promise-web-07-how-2 = It edits the list once more in the form of the settings, which has to count and to be shown.
promise-web-07-not = Who may edit it: that is shown by the line about roles. Whoever edits it has to have shown within ten minutes who they are.
promise-web-07-broken = A proxy goes on answering by the first list.

## Staff

nav-admin-staff = Staff
title-admin-staff = Staff
title-staff-join = Join the staff
title-staff-agreement = Confidentiality agreement
staff-title = Staff
staff-lede = Who runs this platform. Each has an account of their own, has signed that they keep what they see to themselves, and is looked at regularly: do they still need it?
staff-agreement = Confidentiality agreement
staff-count =
    { $n ->
        [one] One person runs the platform
       *[other] { $n } people run the platform
    }
staff-overdue-count =
    { $n ->
        [one] One review is overdue
       *[other] { $n } reviews are overdue
    }
staff-since = Since
staff-signed = Signed
staff-unsigned = Not yet: nothing is open
staff-review = Review
staff-due = due
staff-overdue = overdue since
staff-duties = Needs the access for
staff-duties-of = What { $name } needs the access for
staff-duties-hint = In a few words: customers’ questions, billing, operation of the servers.
staff-you = you
staff-review-button = Still needs it
staff-remove = Remove
staff-review-text =
    { $n ->
        [one] Each person is looked at every day by another one. Who is the only one looks at themselves.
       *[other] Each person is looked at every { $n } days by another one. Who is the only one looks at themselves.
    }
staff-invitations = Invited
staff-until = Until
staff-invitation-revoke = Withdraw
staff-invite = Invite somebody
staff-invite-text = They get a letter with a link that works once, for seven days. With it they open an account for this work alone and sign the confidentiality agreement. An address that has a customer’s account cannot be used.
staff-invite-button = Invite
staff-join-title = Help to run { $product }
staff-join-lede = You are invited as { $email }. This opens an account for this work alone.
staff-join-button = Sign and open the account
staff-join-gone = This link does not work any more
staff-join-gone-text = It was used, withdrawn, or is older than seven days. Ask whoever invited you for a new one.
staff-agreement-sign = I have read the confidentiality agreement and sign it
staff-agreement-digest = SHA-256 of the text
staff-agreement-wanted = Sign it before you go on
staff-agreement-wanted-text = You belong to the staff, and nothing of the operator’s area is open to you before.
staff-agreement-button = Sign
notice-staff-reviewed = Noted: the access is still needed.
notice-staff-removed = The person is not staff any more. What they had open has ended.
notice-staff-joined = Your account is open, and your signature is in the log.
notice-agreement-signed = Your signature is in the log.
error-staff-has-account = This address has an account already. Staff need an account of their own, with another address.
error-staff-duties = Say in up to 200 characters what the access is for.
error-staff-review-own = Somebody else has to look whether you still need the access.
error-agreement-unsigned = Sign the confidentiality agreement in its present wording: without that no account is opened.
event-staff-added = Somebody joined the staff
event-staff-agreement-signed = Confidentiality agreement signed
event-staff-invitation-revoked = Invitation to the staff withdrawn
event-staff-invited = Somebody was invited to the staff
event-staff-removed = Somebody was removed from the staff
event-staff-reviewed = Somebody’s access as staff was reviewed
mail-staff-invite-subject = { $inviter } invites you to the staff of { $product }
mail-staff-invite-heading = Help to run { $product }
mail-staff-invite-line = { $inviter } invites you to the staff of { $product }. With the link you open an account for this work and sign a confidentiality agreement. It works once and ends after seven days.
mail-staff-invite-action = Look at the invitation
mail-staff-invite-end = You do not know who that is? Then there is nothing to do: without the link nothing happens.
problem-kernel-agreement-wanted = The confidentiality agreement is not signed
problem-kernel-agreement-wanted-meaning = The account belongs to the platform’s staff, and whoever it is of has not signed yet that they keep what they see to themselves. Until then nothing of the operator’s area is open.
problem-kernel-agreement-wanted-help = Open /staff/agreement in a browser, read it and sign it; with the API, sign_staff_agreement.
problem-identity-last-staff = Nobody would be left
problem-identity-last-staff-meaning = This is the only person who runs the platform and has signed. Without them nobody could let anybody in.
problem-identity-last-staff-help = Invite somebody else first, and let them join.
promise-prv-26-how-1 = In a shadow, staff invite somebody, who tries to become staff without a signature, with an empty one and by signing another text. Each has to be refused, and nothing of the operator’s area may be open.
promise-prv-26-how-2 = Then the guest signs and has to be let in, or nothing counts; everybody in the list has to have signed. After the removal every page and resource of the operator’s area is tried again and has to be closed.
promise-prv-26-not = SSH and servers: there are none in this program yet. Whether the text is good law: have a lawyer read it. Who is on the machine itself needs no account.
promise-prv-26-broken = A proxy answers whoever has not signed as if they were let in.
promise-ten-22-how-1 = For each of the staff the probe reads when another person last looked whether they still need the access, or since when they have it, and compares it with the interval that is configured.
promise-ten-22-not = Whether who looked looked well, and whether the words about somebody’s duties are true. Roles inside of organisations are their own affair.
promise-ten-22-broken = In a shadow somebody’s last review is made years old.

## Set-up: the agreement

setup-sign = Whoever opens the installation is its first staff, and signs with that:

## Access groups

title-groups = Access groups
title-group = Access group
title-group-new = New access group
groups-title = Access groups
groups-lede = A group allows or denies its members something, whatever their roles say. What one group denies is denied, even if another allows it. It counts at once.
groups-link = Access groups: who may do what
groups-new = New group
groups-heading = Groups
groups-empty = There is no group yet: everybody may what their role says.
groups-effect = Who may do what
groups-effect-text = Beside an answer stands the group that decides it; where none stands, the role does. Roles, invitations, letting staff in and closing the organisation stay with owners, whatever groups say.
groups-owner = groups do not bind owners
group-name = Name
group-name-hint = For example: night shift, bookkeeping, interns.
group-rules = Rules
group-members = Members
group-nobody = Nobody
group-lede = Choose what the group allows or denies, and who is in it.
group-as-role = As the role says
group-allow = Allowed
group-deny = Denied
group-effect = The rules count from everybody’s next request on, with access tokens as well. They do not bind owners. The audit log names people, and with it goes the page of support access.
group-save = Save group
group-edit = Edit
group-delete = Delete
group-delete-heading = Delete the group “{ $name }”?
group-delete-text = Its members may again what their roles and other groups say, from their next request on.
notice-group-saved = The group is saved and counts from now on.
notice-group-deleted = The group is deleted.
error-group-many = There are 50 groups already. Delete one first.
error-group-name = Another group is called so already.
error-group-rule = A rule names a feature (team, settings, audit) and says allow or deny.
error-group-empty = Choose at least one rule: without one the group says nothing.
error-group-member = Somebody in the list is not a member of the organisation (any more).
error-group-members-many = A group has 500 members at most.
event-group-created = Access group made
event-group-changed = Access group changed
event-group-deleted = Access group deleted

## TEN-17

promise-ten-17-how-1 = With two canary accounts: the owner denies a member, who is an operator, one feature after the other by a group. Every page that belongs to the feature is tried with the member’s session, every operation of the API with their session and with their access token; only what names a single thing in there is left out. All have to be closed, also while another group allows the feature, and the member may not lift the rule.
promise-ten-17-how-2 = The other way round, a group allows a viewer what their role does not: it has to be open then, and closed again without the group. Before any rule everything has to be open, or nothing counts.
promise-ten-17-not = Features that this program does not have yet (servers, recordings, calls): they get their rules with themselves. A platform’s own programs have to ask before they act.
promise-ten-17-broken = A proxy answers the API’s refusals as if they had been let in: rules that bind pages alone.

## Scopes

scope-all = Everything that a token may
scope-tenant-read = See organisations and their teams
scope-tenant-write = Change settings of organisations
scope-tenant-admin = Manage people, roles, groups and support access; take out everything
scope-audit-read = Read audit logs of organisations
scope-account-read = Read your account
scope-account-write = Change your account, found and join organisations
scope-platform-read = See what staff see
scope-platform-write = Do what staff do
tokens-scopes = What it may
tokens-scopes-hint = Never more than you may yourself, and never what lets you in: password, second factors, sessions and tokens.
tokens-only = Where
tokens-only-all = In all my organisations
tokens-only-gone = an organisation that you do not belong to any more
error-scope-unknown = One of the scopes does not exist. There are tenant:read, tenant:write, tenant:admin, audit:read, account:read, account:write, platform:read, platform:write and all.
error-scope-none = Choose at least one thing that the token may.
error-scope-staff = platform:read and platform:write are for the platform’s staff.
error-token-tenant = You do not belong to that organisation.
problem-kernel-scope-wanted = The access token may not do this
problem-kernel-scope-wanted-meaning = The token was made for something else, or for one organisation alone; the answer says which scope it lacks. Whether the person whom it belongs to may was not looked at.
problem-kernel-scope-wanted-help = Make a token with that scope under Access tokens, and revoke this one.

## Search among organisations

tenants-search = Part of a name
tenants-search-button = Search
tenants-search-none = No organisation is called so.
tenants-search-all = Show all

## Scopes and pages

error-scope-only = A token for one organisation has scopes of organisations only: tenant and audit, or all.
error-group-changed = Somebody else changed the group meanwhile, and nothing was saved. Look at it in the list of groups; save again to put what stands here in its place.
api-scope = scope
problem-kernel-token-on-page = Access tokens are for the API
problem-kernel-token-on-page-meaning = A page shows more of its person than any scope of a token says. So tokens open what begins with /api/, and no page.
problem-kernel-token-on-page-help = Call the operation of the API that answers the same; they are listed at /docs/api. For pages, sign in.
