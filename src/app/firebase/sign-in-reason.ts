/** Why signing in was refused. Pages look up their text by this reason. */
export const SIGN_IN_REASONS = [
  /** The project has anonymous sign-in turned off, or forbids creating accounts. */
  'sign-in-off',
  /** The project has the Identity Toolkit API turned off, which all sign-in goes through. */
  'sign-in-api',
  /** Too many accounts were created from this network. Firebase allows 100 an hour for one address. */
  'sign-in-busy',
  /** The project may create no more accounts for now. */
  'sign-in-quota',
  /** The key in the site's configuration is invalid, has expired, or may not be used for signing in. */
  'api-key',
  /** The key or the project excludes the address at which the page was opened. */
  'address',
  /** The project requires App Check, which Parley does not use. */
  'app-check',
  /** The site operator has disabled this browser's account. */
  'account',
  /** The browser blocks the storage that sign-in needs. */
  'storage',
  /** Anything else. */
  'sign-in',
] as const;

export type SignInReason = (typeof SIGN_IN_REASONS)[number];

export const isSignInReason = (reason: unknown): reason is SignInReason =>
  (SIGN_IN_REASONS as readonly unknown[]).includes(reason);

/** `offline`: no usable answer came, so retrying helps. */
type AuthReason = SignInReason | 'offline';

const CODES: Readonly<Record<string, AuthReason>> = {
  'network-request-failed': 'offline',
  timeout: 'offline',
  'backend-error': 'offline',
  'operation-not-allowed': 'sign-in-off',
  'admin-restricted-operation': 'sign-in-off',
  'configuration-not-found': 'sign-in-off',
  'too-many-requests': 'sign-in-busy',
  'quota-exceeded': 'sign-in-quota',
  'invalid-api-key': 'api-key',
  'unauthorized-domain': 'address',
  'app-not-authorized': 'address',
  'user-disabled': 'account',
  'web-storage-unsupported': 'storage',
};

/** Messages in the server's own words. The SDK turns them into codes: lower case, with hyphens for spaces. */
const SENTENCES: readonly (readonly [RegExp, AuthReason])[] = [
  // HTTP 500 and 503: "INTERNAL", "Internal error encountered.", "The service is currently unavailable."
  [/^internal\b|^(the-)?service-.*unavailable|^unavailable$/, 'offline'],
  [/^api-key-(not-valid|expired|not-found)|^requests-to-this-api-.*-blocked/, 'api-key'],
  [/^requests-from-.*-blocked/, 'address'],
  [/app-check/, 'app-check'],
  // HTTP 403, SERVICE_DISABLED: "Identity Toolkit API has not been used in project 1 before or it is disabled. …"
  [/^identity-toolkit-api-has-not-been-used/, 'sign-in-api'],
];

/** The reason for an error of Firebase Auth. */
export function authReason(error: unknown): AuthReason {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  const name = typeof code === 'string' ? code.replace(/^auth\//, '') : '';
  return CODES[name] ?? SENTENCES.find(([sentence]) => sentence.test(name))?.[1] ?? 'sign-in';
}
