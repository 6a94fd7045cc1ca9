// The app's service worker: takes what other apps share with the installed one, leads from a notification to the app, and
// leaves all else to Angular's.
// Files wait in a cache (src/app/files/shared-files.ts) until a call is joined.
const SHARED_CACHE = 'parley-shared';
const MOST_FILES = 256;

/** Keeps the files of a share (Web Share Target, section 4), and leads to the start page, which says so. */
async function keep(request) {
  try {
    const form = await request.formData();
    const files = [...form.getAll('files')].filter((one) => one instanceof File).slice(0, MOST_FILES);
    const cache = await caches.open(SHARED_CACHE);
    const now = Date.now();
    for (const [number, file] of files.entries()) {
      const headers = {
        'Content-Type': file.type || 'application/octet-stream',
        'X-File-Name': encodeURIComponent(file.name.toWellFormed?.() ?? file.name),
      };
      await cache.put(`/shared/${now}-${number}`, new Response(file, { headers }));
    }
    return Response.redirect('/?shared', 303);
  } catch {
    return Response.redirect('/', 303);
  }
}

addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  // Angular's worker passes on what is none of its business, but not while it makes ready or stores a version, which takes
  // seconds: to a call that is being answered Firestore would seem dead. The browser fetches it by itself.
  if (new URL(url).origin !== location.origin) return event.stopImmediatePropagation();
  if (method !== 'POST' || new URL(url).pathname !== new URL('share', registration.scope).pathname) return;
  // Angular's worker is not to answer as well.
  event.stopImmediatePropagation();
  event.respondWith(keep(event.request));
});

/** Shows the app where it is open, else opens it. */
async function show() {
  const [page] = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  return page ? page.focus() : clients.openWindow(registration.scope);
}

// Somebody rings (src/app/ui/ringing) or wants to join (src/app/pages/call/room). Angular's worker hears of the press as well, and does nothing more than close it.
addEventListener('notificationclick', (event) => {
  if (!/^parley-(ring|knock)-/.test(event.notification.tag)) return;
  event.notification.close();
  event.waitUntil(show());
});

// Trusted Types are enforced in workers too: this one script may be added, no other.
const angular = './ngsw-worker.js';
self.trustedTypes?.createPolicy('default', {
  createScriptURL: (url) => {
    if (url === angular) return url;
    throw new TypeError('This script is not part of the app.');
  },
});
importScripts(angular);
