/**
 * @typedef {{ hosting: number, auth: number, firestore: number, hub: number, websocket: number, logging: number }} EmulatorPorts
 * @typedef {{ key: string, value: string }} Header
 * @typedef {object} FirebaseConfig the parts of firebase.json that we use
 * @property {{ rules: string, indexes?: string }} firestore
 * @property {{ public: string, headers: { source: string, headers: Header[] }[] } & Record<string, unknown>} hosting
 */

/**
 * Derives the configuration of the emulators from the deployed one. It differs in two ways: the page may also connect
 * to the emulators on any host, and the Strict-Transport-Security header is left out.
 *
 * @param {FirebaseConfig} production
 * @param {{ host: string, ports: EmulatorPorts, site: string }} where `site` is the folder to serve
 */
export function emulatorConfig(production, { host, ports, site }) {
  const at = (/** @type {number} */ port) => ({ host, port });
  const sources = ` http://*:${ports.auth} http://*:${ports.firestore}`;
  return {
    firestore: { rules: production.firestore.rules },
    hosting: {
      ...production.hosting,
      public: site,
      headers: production.hosting.headers.map(({ source, headers }) => ({
        source,
        headers: headers
          .filter(({ key }) => key !== 'Strict-Transport-Security')
          .map(({ key, value }) => ({
            key,
            value:
              key === 'Content-Security-Policy' ? value.replace(/connect-src [^;]*/, `$&${sources}`) : value,
          })),
      })),
    },
    emulators: {
      auth: at(ports.auth),
      firestore: { ...at(ports.firestore), websocketPort: ports.websocket },
      hosting: at(ports.hosting),
      hub: at(ports.hub),
      logging: at(ports.logging),
      ui: { enabled: false },
      singleProjectMode: false,
    },
  };
}

/**
 * Content of `/emulators.json`, from which the page finds the emulators on its own host.
 *
 * @param {EmulatorPorts} ports
 */
export const addresses = ({ auth, firestore }) => ({ auth: { port: auth }, firestore: { port: firestore } });
