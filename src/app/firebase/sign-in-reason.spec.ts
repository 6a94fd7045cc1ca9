import { authReason, SIGN_IN_REASONS } from './sign-in-reason';

/** Codes as the SDK returns them. Those containing sentences are the server's own words. */
const codes: Readonly<Record<string, string>> = {
  'auth/network-request-failed': 'offline',
  'auth/timeout': 'offline',
  'auth/internal-error': 'offline',
  'auth/internal': 'offline',
  'auth/internal-error-encountered.': 'offline',
  'auth/backend-error': 'offline',
  'auth/the-service-is-currently-unavailable.': 'offline',
  'auth/operation-not-allowed': 'sign-in-off',
  'auth/admin-restricted-operation': 'sign-in-off',
  'auth/configuration-not-found': 'sign-in-off',
  'auth/identity-toolkit-api-has-not-been-used-in-project-1-before-or-it-is-disabled.': 'sign-in-api',
  'auth/too-many-requests': 'sign-in-busy',
  'auth/quota-exceeded': 'sign-in-quota',
  'auth/invalid-api-key': 'api-key',
  'auth/api-key-not-valid.-please-pass-a-valid-api-key.': 'api-key',
  'auth/api-key-expired.-please-renew-the-api-key.': 'api-key',
  'auth/requests-to-this-api-identitytoolkit-method-signup-are-blocked.': 'api-key',
  'auth/unauthorized-domain': 'address',
  'auth/requests-from-referer-https://parley.example.org/-are-blocked.': 'address',
  'auth/firebase-app-check-token-is-invalid.': 'app-check',
  'auth/user-disabled': 'account',
  'auth/web-storage-unsupported': 'storage',
  'auth/something-new': 'sign-in',
};

describe('authReason', () => {
  for (const [code, reason] of Object.entries(codes)) {
    it(`is ${reason} for ${code}`, () => {
      expect(authReason(Object.assign(new Error('refused'), { code }))).toBe(reason as 'sign-in');
    });
  }

  it('is one of the sign-in reasons for an error from outside Firebase', () => {
    for (const error of [null, undefined, 7, {}, { code: 7 }, new TypeError('x')]) {
      expect(authReason(error)).toBe('sign-in');
    }
  });

  it('covers each reason at least once', () => {
    const given = new Set(Object.values(codes));
    expect(SIGN_IN_REASONS.filter((reason) => !given.has(reason))).toEqual([]);
  });
});
