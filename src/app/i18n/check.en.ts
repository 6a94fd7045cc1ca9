/**
 * The texts of the page that examines device and network, in English; see `en.ts` for how texts are used. `found.…` says what a
 * check found, `todo.…` what to do about it, by the check and its reason.
 */
export const checkEn = {
  heading: 'Check',
  back: 'Back',
  lead: 'Looks at all that a call needs, on this device and on this network. Nothing is recorded, and nobody else sees or hears you.',
  devices: 'This device',
  network: 'This network',
  progress: '{done} of {all} checks done',
  again: 'Run again',

  // What a call found that could not be connected
  'from.hidden': 'Your call found no way: you hide your address, and this site has no relay.',
  'from.noRelay': 'Your call found no direct way, and this site has no relay.',
  'from.relayUnreachable': 'Your call found no way, and could not reach the relay.',
  'from.relayRefused': 'Your call found no way, and the relay refused its credentials.',
  'from.theirRelay': 'Your call found no way: the relay is there for you, but not for the other side.',
  'from.blocked': 'Your call found no way, though there is a relay.',

  // What it comes to
  verdict: 'Verdict',
  'verdict.running': 'Checking…',
  'verdict.anyone': 'You can call anyone.',
  'verdict.most': 'You can call most people, but not everyone.',
  'why.most':
    'Who is in a network that lets nothing through directly can be met only through a relay, and none is set up.',
  'verdict.relayMissing': 'You need a relay and none is set up: ask whoever runs this site.',
  'verdict.nearby': 'You can call people on your own network.',
  'why.nearby':
    'For anybody else you need a relay or at least a STUN server, and neither is set up: ask whoever runs this site.',
  'verdict.relayRefused': 'The relay refuses its credentials: tell whoever runs this site.',
  'verdict.relaySilent': 'The relay does not answer: tell whoever runs this site.',
  'verdict.direct': 'Until that is mended you can call most people, but not everyone.',
  'verdict.notDirect': 'Until that is mended hardly any call will work from this network. Try another one.',
  'verdict.hidden': 'You hide your address, which needs a relay, and none works.',
  'why.hidden': 'Stop hiding it in the settings, or ask whoever runs this site.',
  'verdict.insecure': 'Calls can’t work here: the connection to this page is not secure.',
  'why.insecure': 'Open it by an address that begins with https.',
  'verdict.unsupported': 'Calls can’t work here: this browser lacks something they need.',
  'why.unsupported': 'Use a current Chrome, Edge, Firefox or Safari.',
  'verdict.codecs':
    'Calls can’t work here: this browser lacks the formats for sound and picture that others use.',
  'why.codecs': 'Use a current Chrome, Edge, Firefox or Safari.',
  'verdict.offline': 'You are offline, and calls need a network.',
  'why.offline': 'The check goes on by itself as soon as there is one.',
  'verdict.configuration': 'Calls can’t work here: this site is not set up.',
  'why.configuration': 'Whoever runs it needs to deploy it with Firebase Hosting.',
  'verdict.sign-in': 'Calls can’t work here: signing in was refused.',
  'verdict.database':
    'Calls can’t work here: the database through which people find each other is out of reach.',
  'why.database': 'Try another network.',
  'amiss.camera': 'Your camera does not work; the others will not see you.',
  'amiss.microphone': 'Your microphone does not work; the others will not hear you.',
  'amiss.silent': 'Your microphone has heard nothing so far.',
  'amiss.slow': 'Calls take long to begin, since the database is far away or the network is slow.',
  'amiss.polled': 'Calls take longer to begin, since something here blocks live updates from the database.',
  'amiss.thin': 'The relay carries little, so that pictures through it will be small or pause.',

  // How a check stands, for screen readers and reports
  'state.waiting': 'waiting',
  'state.running': 'running',
  'state.well': 'in order',
  'state.note': 'note',
  'state.warning': 'look at this',
  'state.failed': 'does not work',

  // What is checked
  'name.browser': 'Browser',
  'name.codecs': 'Formats',
  'name.camera': 'Camera',
  'name.microphone': 'Microphone',
  'name.speaker': 'Speaker',
  'name.database': 'Database',
  'name.servers': 'Servers',
  'name.server': '{protocol} over {transport}',
  'name.udp': 'UDP',
  'name.nat': 'NAT',
  'name.ipv6': 'IPv6',
  'name.relay': 'Bandwidth',

  'found.waiting': 'Its turn has not come.',
  'found.running': 'Checking…',

  'found.browser.ready': 'It has all that a call needs.',
  'found.browser.insecure': 'This page is not secure, so browsers give it neither camera nor encryption.',
  'todo.browser.insecure': 'Open it by an address that begins with https.',
  'found.browser.unsupported': 'Missing here: {missing}',
  'todo.browser.unsupported': 'Use a current Chrome, Edge, Firefox or Safari.',

  'found.codecs.all': 'Picture: {video}. Sound: {audio}.',
  'found.codecs.noVideo': 'Neither VP8 nor H264 can be sent and received.',
  'todo.codecs.noVideo': 'Use another browser, or one that came with its codecs.',
  'found.codecs.noAudio': 'Opus can’t be sent and received.',
  'todo.codecs.noAudio': 'Use another browser, or one that came with its codecs.',
  'found.codecs.unknown': 'Not known without WebRTC.',

  'found.camera.asking': 'Your browser asks whether this page may use it.',
  'todo.camera.asking': 'Allow it, or go on without: the rest is checked meanwhile.',
  'found.camera.works': 'It works.',
  'found.camera.denied': 'This page may not use it.',
  'todo.camera.denied': 'Allow it in the settings beside the address bar, then run again.',
  'found.camera.missing': 'There is none.',
  'todo.camera.missing': 'Plug one in or switch it on, then run again. Calls work without, too.',
  'found.camera.busy': 'Another program has it, or it does not respond.',
  'todo.camera.busy': 'Close that program, or plug the camera in anew, then run again.',
  'found.camera.unsupported': 'This browser gives pages no camera, or none to pages that are not secure.',
  'todo.camera.unsupported': 'Use a current browser, and an address that begins with https.',
  'found.camera.lost': 'It was unplugged or switched off.',
  'todo.camera.lost': 'Plug it in, then run again.',
  'found.camera.failed': 'It does not start, and the browser does not say why.',
  'todo.camera.failed': 'Plug it in anew or restart the browser, then run again.',

  'found.microphone.asking': 'Your browser asks whether this page may use it.',
  'todo.microphone.asking': 'Allow it, or go on without: the rest is checked meanwhile.',
  'found.microphone.works': 'It works.',
  'found.microphone.listening': 'It is open.',
  'todo.microphone.listening': 'Say something: the bar should move.',
  'found.microphone.heard': 'It hears you.',
  'found.microphone.silent': 'It is open, and has heard nothing so far.',
  'todo.microphone.silent':
    'Say something. If the bar stays still, look for a mute switch, or choose another microphone in a call, under Devices.',
  'found.microphone.denied': 'This page may not use it.',
  'todo.microphone.denied': 'Allow it in the settings beside the address bar, then run again.',
  'found.microphone.missing': 'There is none.',
  'todo.microphone.missing': 'Plug one in or switch it on, then run again. Calls work without, too.',
  'found.microphone.busy': 'Another program has it, or it does not respond.',
  'todo.microphone.busy': 'Close that program, or plug the microphone in anew, then run again.',
  'found.microphone.unsupported':
    'This browser gives pages no microphone, or none to pages that are not secure.',
  'todo.microphone.unsupported': 'Use a current browser, and an address that begins with https.',
  'found.microphone.lost': 'It was unplugged or switched off.',
  'todo.microphone.lost': 'Plug it in, then run again.',
  'found.microphone.failed': 'It does not start, and the browser does not say why.',
  'todo.microphone.failed': 'Plug it in anew or restart the browser, then run again.',
  level: 'Microphone level',
  preview: 'Your camera’s picture',

  'found.speaker.untried': 'Play a sound, and say whether you hear it.',
  'found.speaker.playing': 'Playing… Do you hear it?',
  'found.speaker.heard': 'You hear it.',
  'found.speaker.unheard': 'You do not hear it.',
  'todo.speaker.unheard':
    'Turn the volume up, look at what your system plays through, or choose another speaker in a call, under Devices.',
  'found.speaker.unsupported': 'This browser can’t play the sound.',
  'todo.speaker.unsupported': 'Use a current browser.',
  'speaker.play': 'Play a sound',
  'speaker.yes': 'I hear it',
  'speaker.no': 'I hear nothing',

  'found.database.reachable': 'It answers in {roundTrip}. Signing in took {signIn}.',
  'found.database.slow': 'It takes {roundTrip} to answer. Signing in took {signIn}.',
  'todo.database.slow': 'Calls work, but take long to begin. Try another network.',
  'found.database.polled':
    'It answers in {roundTrip}, but live updates from it don’t get through. Signing in took {signIn}.',
  'todo.database.polled':
    'Calls work, but take longer to begin: Parley checks for changes every few seconds instead. Switch off your ad blocker for this page, allow Firestore’s Listen channel in your proxy or firewall, or try another network.',
  'found.database.silent': 'Signing in worked, but the database itself does not answer.',
  'todo.database.silent':
    'A firewall or a blocker may keep firestore.googleapis.com away. Switch it off for this page, or try another network.',
  'found.database.offline': 'This site or its sign-in service does not answer.',
  'todo.database.offline': 'Look whether other pages open. If they do, try another network.',
  'found.database.configuration': 'This site does not say which Firebase project it belongs to.',
  'todo.database.configuration': 'Whoever runs it needs to deploy it with Firebase Hosting.',

  'found.servers.none': 'This site names neither a STUN server nor a relay.',
  'todo.servers.none': 'Calls work within one network. Ask whoever runs this site to set some up.',
  'found.servers.unknown': 'Not known: the list of them is in the database, or the browser can’t ask them.',

  'found.server.answers': 'It answers in {time}.',
  'found.server.refused': 'It refuses the credentials: they are wrong or have run out.',
  'todo.server.refused': 'Tell whoever runs this site to publish new ones.',
  'found.server.full': 'It gives out no more relays for now.',
  'todo.server.full': 'Try again later, or tell whoever runs this site.',
  'found.server.error': 'It can’t be used: {text}',
  'todo.server.error': 'Tell whoever runs this site.',
  'found.server.unreachable': 'It does not answer.',
  'todo.server.unreachable':
    'This network keeps it away, or it is down. If it stays so on another network, tell whoever runs this site.',

  'found.udp.open': 'It gets through.',
  'found.udp.blocked': 'Nothing gets through by it.',
  'todo.udp.blocked':
    'This network lets calls out only through a relay by TCP or TLS. Ask whoever runs the network to allow UDP, or try another one.',
  'found.udp.unknown': 'Not known: no server was asked by it.',

  'found.nat.none': 'There is none: servers see this device’s own address.',
  'found.nat.independent':
    'It maps this device the same for everybody (endpoint-independent): others can reach you directly.',
  'found.nat.dependent':
    'It maps this device anew for each address (address-dependent or address-and-port-dependent): few can reach you directly.',
  'todo.nat.dependent': 'A relay helps; a call without one works best from another network.',
  'found.nat.portDependent':
    'It maps this device anew for each address and port (address-and-port-dependent): few can reach you directly.',
  'todo.nat.portDependent': 'A relay helps; a call without one works best from another network.',
  'found.nat.unknown': 'Not known: that takes two servers that answer over UDP.',

  'found.ipv6.there': 'This device has an address of the internet’s version 6.',
  'found.ipv6.none': 'No address of version 6 was seen. Calls do without.',
  'found.ipv6.unknown': 'Not known.',

  'found.relay.measured': 'The relay carries {rate} and loses {loss}; to it and back takes {roundTrip}.',
  'found.relay.thin': 'The relay carries only {rate} and loses {loss}; to it and back takes {roundTrip}.',
  'todo.relay.thin':
    'Pictures will be small or pause. Move closer to the router, stop other downloads, or try another network.',
  'found.relay.noRelay': 'Measured through a relay, and there is none.',
  'found.relay.noAnswer': 'Measured through a relay, and none answers.',
  'found.relay.noWay': 'Not measured: the relay answers, but leads nothing back to itself.',
  'relay.atLeast': '{rate} or more',

  // A report to show to somebody
  report: 'Report',
  'report.lead':
    'For whoever helps you or runs this site. Addresses are masked, and credentials are not in it.',
  'report.show': 'Show it',
  'report.copy': 'Copy',
  'report.copied': 'Copied',
  'report.copyFailed': 'Your browser did not let it be copied. Select the text and copy it.',
  'report.share': 'Share',
  'report.title': 'Parley: check of {host}',
} as const;
