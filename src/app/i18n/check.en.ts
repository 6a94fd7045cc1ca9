/**
 * The texts of the page that examines device and network, in English; see `en.ts` for how texts are used. `found.…` says what a
 * check found, `todo.…` what to do about it, by the check and its reason.
 */
export const checkEn = {
  heading: 'Check',
  back: 'Back',
  lead: 'Checks everything a call needs, on this device and this network. Nothing is recorded, and no one sees or hears you.',
  devices: 'This device',
  network: 'This network',
  progress: '{done} of {all} checks done',
  again: 'Run again',

  // What a call found that could not be connected
  'from.hidden': 'Your call couldn’t connect: you’re hiding your IP address, and this site has no relay.',
  'from.noRelay': 'Your call couldn’t connect directly, and this site has no relay.',
  'from.relayUnreachable': 'Your call couldn’t connect directly, and couldn’t reach the relay.',
  'from.relayRefused': 'Your call couldn’t connect directly, and the relay rejected its credentials.',
  'from.theirRelay': 'Your call couldn’t connect: you can reach the relay, but the other side can’t.',
  'from.blocked': 'Your call couldn’t connect, even though there is a relay.',

  // What it comes to
  verdict: 'Result',
  'verdict.running': 'Checking…',
  'verdict.anyone': 'You can call anyone.',
  'verdict.most': 'You can call most people, but not everyone.',
  'why.most':
    'People on networks that block direct connections can only be reached through a relay, and this site has none.',
  'verdict.relayMissing': 'You need a relay, and this site has none. Ask the site’s operator to set one up.',
  'verdict.nearby': 'You can call people on your own network.',
  'why.nearby':
    'To call anyone else you need a relay, or at least a STUN server. This site has neither. Ask the site’s operator to set them up.',
  'verdict.relayRefused': 'The relay rejects its credentials. Tell the site’s operator.',
  'verdict.relaySilent': 'The relay doesn’t respond. Tell the site’s operator.',
  'verdict.direct': 'Until that’s fixed you can call most people, but not everyone.',
  'verdict.notDirect':
    'Until that’s fixed, hardly any call will work from this network. Try another network.',
  'verdict.hidden': 'You’re hiding your IP address, which needs a relay, and none works.',
  'why.hidden': 'Stop hiding it in Settings, or ask the site’s operator.',
  'verdict.insecure': 'Calls can’t work here: this page isn’t secure.',
  'why.insecure': 'Open it with an address that starts with https.',
  'verdict.unsupported': 'Calls can’t work here: this browser lacks something they need.',
  'why.unsupported': 'Use a current version of Chrome, Edge, Firefox or Safari.',
  'verdict.codecs':
    'Calls can’t work here: this browser lacks the audio and video formats that other browsers use.',
  'why.codecs': 'Use a current version of Chrome, Edge, Firefox or Safari.',
  'verdict.offline': 'You’re offline, and calls need a network.',
  'why.offline': 'The check continues when you’re back online.',
  'verdict.configuration': 'Calls can’t work here: this site isn’t set up.',
  'why.configuration': 'The site’s operator needs to deploy it with Firebase Hosting.',
  'verdict.sign-in': 'Calls can’t work here: sign-in was refused.',
  'verdict.database': 'Calls can’t work here: the database that connects people can’t be reached.',
  'why.database': 'Try another network.',
  'amiss.camera': 'Your camera doesn’t work. Others won’t see you.',
  'amiss.microphone': 'Your microphone doesn’t work. Others won’t hear you.',
  'amiss.silent': 'Your microphone hasn’t picked up any sound yet.',
  'amiss.slow': 'Calls take long to start because the database is far away or the network is slow.',
  'amiss.polled': 'Calls take longer to start because something here blocks live updates from the database.',
  'amiss.thin': 'The relay has little bandwidth, so video through it will be small or pause.',

  // How a check stands, for screen readers and reports
  'state.waiting': 'waiting',
  'state.running': 'running',
  'state.well': 'OK',
  'state.note': 'note',
  'state.warning': 'warning',
  'state.failed': 'doesn’t work',

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
  'name.relay': 'Relay bandwidth',

  'found.waiting': 'Waiting.',
  'found.running': 'Checking…',

  'found.browser.ready': 'Has everything a call needs.',
  'found.browser.insecure': 'This page isn’t secure, so the browser allows neither camera nor encryption.',
  'todo.browser.insecure': 'Open it with an address that starts with https.',
  'found.browser.unsupported': 'Missing: {missing}',
  'todo.browser.unsupported': 'Use a current version of Chrome, Edge, Firefox or Safari.',

  'found.codecs.all': 'Video: {video}. Audio: {audio}.',
  'found.codecs.noVideo': 'Can’t send and receive VP8 or H264.',
  'todo.codecs.noVideo': 'Use another browser, or one that includes its codecs.',
  'found.codecs.noAudio': 'Can’t send and receive Opus.',
  'todo.codecs.noAudio': 'Use another browser, or one that includes its codecs.',
  'found.codecs.unknown': 'Unknown without WebRTC.',

  'found.camera.asking': 'Your browser is asking whether this page may use it.',
  'todo.camera.asking': 'Allow it, or continue without it. The other checks are running in the meantime.',
  'found.camera.works': 'Works.',
  'found.camera.denied': 'Your browser is blocking it.',
  'todo.camera.denied': 'Allow it with the icon next to the address bar, then run the check again.',
  'found.camera.missing': 'Not found.',
  'todo.camera.missing':
    'Plug one in or switch it on, then run the check again. Calls work without one, too.',
  'found.camera.busy': 'Another app is using it, or it isn’t responding.',
  'todo.camera.busy': 'Close that app, or unplug the camera and plug it in again, then run the check again.',
  'found.camera.unsupported': 'This browser doesn’t let web pages use a camera, or only secure pages.',
  'todo.camera.unsupported': 'Use a current browser and an address that starts with https.',
  'found.camera.lost': 'It was unplugged or switched off.',
  'todo.camera.lost': 'Plug it in, then run the check again.',
  'found.camera.failed': 'It didn’t start, and the browser doesn’t say why.',
  'todo.camera.failed': 'Unplug it and plug it in again, or restart the browser, then run the check again.',

  'found.microphone.asking': 'Your browser is asking whether this page may use it.',
  'todo.microphone.asking': 'Allow it, or continue without it. The other checks are running in the meantime.',
  'found.microphone.works': 'Works.',
  'found.microphone.listening': 'It’s on.',
  'todo.microphone.listening': 'Say something: the bar should move.',
  'found.microphone.heard': 'It hears you.',
  'found.microphone.silent': 'It’s on, but hasn’t picked up any sound yet.',
  'todo.microphone.silent':
    'Say something. If the bar doesn’t move, look for a mute switch, or choose another microphone in a call, under Devices.',
  'found.microphone.denied': 'Your browser is blocking it.',
  'todo.microphone.denied': 'Allow it with the icon next to the address bar, then run the check again.',
  'found.microphone.missing': 'Not found.',
  'todo.microphone.missing':
    'Plug one in or switch it on, then run the check again. Calls work without one, too.',
  'found.microphone.busy': 'Another app is using it, or it isn’t responding.',
  'todo.microphone.busy':
    'Close that app, or unplug the microphone and plug it in again, then run the check again.',
  'found.microphone.unsupported':
    'This browser doesn’t let web pages use a microphone, or only secure pages.',
  'todo.microphone.unsupported': 'Use a current browser and an address that starts with https.',
  'found.microphone.lost': 'It was unplugged or switched off.',
  'todo.microphone.lost': 'Plug it in, then run the check again.',
  'found.microphone.failed': 'It didn’t start, and the browser doesn’t say why.',
  'todo.microphone.failed':
    'Unplug it and plug it in again, or restart the browser, then run the check again.',
  level: 'Microphone level',
  preview: 'Your camera’s video',

  'found.speaker.untried': 'Play a sound, then say whether you hear it.',
  'found.speaker.playing': 'Playing… Do you hear it?',
  'found.speaker.heard': 'You hear it.',
  'found.speaker.unheard': 'You can’t hear it.',
  'todo.speaker.unheard':
    'Turn up the volume, check your system’s sound output, or choose another speaker in a call, under Devices.',
  'found.speaker.unsupported': 'This browser can’t play the sound.',
  'todo.speaker.unsupported': 'Use a current browser.',
  'speaker.play': 'Play a sound',
  'speaker.yes': 'I hear it',
  'speaker.no': 'I don’t hear it',

  'found.database.reachable': 'Responds in {roundTrip}. Sign-in took {signIn}.',
  'found.database.slow': 'Takes {roundTrip} to respond. Sign-in took {signIn}.',
  'todo.database.slow': 'Calls work but take long to start. Try another network.',
  'found.database.polled':
    'Responds in {roundTrip}, but its live updates don’t get through. Sign-in took {signIn}.',
  'todo.database.polled':
    'Calls work but take longer to start: Parley checks for changes every few seconds instead. Turn off your ad blocker for this page, allow Firestore’s Listen channel in your proxy or firewall, or try another network.',
  'found.database.silent': 'Sign-in worked, but the database doesn’t respond.',
  'todo.database.silent':
    'A firewall or a blocker may be keeping out firestore.googleapis.com. Turn it off for this page, or try another network.',
  'found.database.offline': 'This site or its sign-in service doesn’t respond.',
  'todo.database.offline': 'Check whether other pages open. If they do, try another network.',
  'found.database.configuration': 'This site doesn’t say which Firebase project it belongs to.',
  'todo.database.configuration': 'The site’s operator needs to deploy it with Firebase Hosting.',

  'found.servers.none': 'This site has neither a STUN server nor a relay.',
  'todo.servers.none': 'Calls work within one network. Ask the site’s operator to set up servers.',
  'found.servers.unknown': 'Unknown: the list is in the database, or the browser can’t ask the servers.',

  'found.server.answers': 'Responds in {time}.',
  'found.server.refused': 'It rejects the credentials: they’re wrong or have expired.',
  'todo.server.refused': 'Tell the site’s operator to publish new ones.',
  'found.server.full': 'It has no relays left for now.',
  'todo.server.full': 'Try again later, or tell the site’s operator.',
  'found.server.error': 'It can’t be used: {text}',
  'todo.server.error': 'Tell the site’s operator.',
  'found.server.unreachable': 'It doesn’t respond.',
  'todo.server.unreachable':
    'This network blocks it, or it’s down. If that’s also so on another network, tell the site’s operator.',

  'found.udp.open': 'Gets through.',
  'found.udp.blocked': 'Blocked.',
  'todo.udp.blocked':
    'This network only allows calls through a relay over TCP or TLS. Ask the network’s administrator to allow UDP, or try another network.',
  'found.udp.unknown': 'Unknown: no server was tried over UDP.',

  'found.nat.none': 'None: servers see this device’s own address.',
  'found.nat.independent':
    'Uses the same mapping for every destination (endpoint-independent): others can connect to you directly.',
  'found.nat.dependent':
    'Uses a new mapping for each address (address-dependent or address-and-port-dependent): few people can connect to you directly.',
  'todo.nat.dependent': 'A relay helps. Without one, calls work best from another network.',
  'found.nat.portDependent':
    'Uses a new mapping for each address and port (address-and-port-dependent): few people can connect to you directly.',
  'todo.nat.portDependent': 'A relay helps. Without one, calls work best from another network.',
  'found.nat.unknown': 'Unknown: that takes two servers that respond over UDP.',

  'found.ipv6.there': 'This device has a public IPv6 address.',
  'found.ipv6.none': 'No IPv6 address was found. Calls work without one.',
  'found.ipv6.unknown': 'Unknown.',

  'found.relay.measured': 'The relay carries {rate} and loses {loss}. The round trip takes {roundTrip}.',
  'found.relay.thin': 'The relay carries only {rate} and loses {loss}. The round trip takes {roundTrip}.',
  'todo.relay.thin':
    'Video will be small or pause. Move closer to the router, stop other downloads, or try another network.',
  'found.relay.noRelay': 'Not measured: there’s no relay.',
  'found.relay.noAnswer': 'Not measured: no relay responds.',
  'found.relay.noWay': 'Not measured: the relay responds but allows no connection back to itself.',
  'relay.atLeast': '{rate} or more',

  // A report to show to someone
  report: 'Report',
  'report.lead':
    'For the person who helps you, or for the site’s operator. Addresses are masked, and it contains no credentials.',
  'report.show': 'Show report',
  'report.copy': 'Copy',
  'report.copied': 'Copied',
  'report.copyFailed': 'Couldn’t copy. Select the text and copy it yourself.',
  'report.share': 'Share',
  'report.title': 'Parley: check of {host}',
} as const;
