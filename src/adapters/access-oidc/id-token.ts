/**
 * The signature of an identity provider's token, by `jose`, with the provider's own keys. Only algorithms with a public key
 * are taken: `none` and those with a shared secret are refused whatever the token says of itself. What the token claims
 * is judged in src/access, by the time that is handed in.
 */
import { compactVerify, createRemoteJWKSet, errors } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import { accessProblem, outsideIdentity } from '../../access/index.ts';
import type { AccessProblem, ExpectedToken, OutsideIdentity, Secret } from '../../access/index.ts';
import { refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';

const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
  'Ed25519',
];
const TOKEN_LENGTH_MAX = 16_384;
const KEYS_TIMEOUT_MS = 5000;
const KEYS_PAUSE_MS = 30_000;

/** The provider's keys: fetched when first needed, kept, and fetched again at most every half minute for unknown ones. */
export function providerKeys(url: URL): JWTVerifyGetKey {
  return createRemoteJWKSet(url, { timeoutDuration: KEYS_TIMEOUT_MS, cooldownDuration: KEYS_PAUSE_MS });
}

function claimsOf(payload: Uint8Array): Readonly<Record<string, unknown>> {
  const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims))
    throw new SyntaxError('no object');
  return claims as Readonly<Record<string, unknown>>;
}

/** Who the token is about. Trouble in fetching keys is a refusal as well: who cannot be checked does not come in. */
export async function identityOf(
  token: Secret,
  keys: JWTVerifyGetKey,
  expected: ExpectedToken,
): Promise<Result<OutsideIdentity, AccessProblem>> {
  const text = token.reveal();
  const no = (what: string): Result<never, AccessProblem> =>
    refused(accessProblem('ID_TOKEN_REFUSED', 'id token', what));
  if (text.length > TOKEN_LENGTH_MAX) return no('it is longer than such a token is');
  try {
    const { payload } = await compactVerify(text, keys, { algorithms: ALGORITHMS });
    return outsideIdentity(claimsOf(payload), expected);
  } catch (error) {
    // What jose says of a token may quote it; its code does not.
    if (error instanceof errors.JOSEError) return no(`its signature cannot be relied on: ${error.code}`);
    if (error instanceof SyntaxError || error instanceof TypeError)
      return no('it or its keys cannot be read');
    throw error;
  }
}
