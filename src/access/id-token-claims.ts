/**
 * What an identity provider's token must say to be one for us: OpenID Connect Core 1.0, section 3.1.3.7. The signature is
 * the adapter's business and is checked first; a token without a nonce of this sign-in is refused, so that none can be
 * played back.
 */
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { isSameText } from './digest.ts';
import { accessProblem } from './problem-codes.ts';
import type { AccessProblem } from './problem-codes.ts';
import type { Secret } from './secret.ts';

export interface ExpectedToken {
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: Secret;
  readonly atMs: number;
  /** How far the provider's clock may be off. */
  readonly toleranceMs: number;
  /** How long ago a token may have been issued. */
  readonly ageMaxMs: number;
}

export interface OutsideIdentity {
  readonly issuer: string;
  /** Stays the same for a person at this issuer; addresses do not, and are not looked at. */
  readonly subject: string;
}

type Claims = Readonly<Record<string, unknown>>;

const SUBJECT_LENGTH_MAX = 255;

function audienceProblem(claims: Claims, clientId: string): string | null {
  const audience = Array.isArray(claims['aud']) ? (claims['aud'] as unknown[]) : [claims['aud']];
  if (!audience.includes(clientId)) return 'it is for somebody else';
  if (audience.length > 1 && claims['azp'] === undefined) return 'it does not say which client it is for';
  return claims['azp'] === undefined || claims['azp'] === clientId ? null : 'it is for another client';
}

function timeProblem(claims: Claims, expected: ExpectedToken): string | null {
  const { exp, iat, nbf } = claims;
  const { atMs, toleranceMs } = expected;
  if (typeof exp !== 'number' || typeof iat !== 'number' || !Number.isFinite(exp) || !Number.isFinite(iat))
    return 'it does not say when it was issued and when it ends';
  if (atMs >= exp * 1000 + toleranceMs) return 'it is past its end';
  if (iat * 1000 > atMs + toleranceMs) return 'it is issued later than now';
  if (iat * 1000 + expected.ageMaxMs + toleranceMs <= atMs) return 'it was issued long ago';
  if (nbf === undefined) return null;
  return typeof nbf === 'number' && nbf * 1000 <= atMs + toleranceMs ? null : 'it is not valid yet';
}

function nonceProblem(claims: Claims, nonce: Secret): string | null {
  const given = claims['nonce'];
  return typeof given === 'string' && isSameText(given, nonce.reveal()) ? null : 'it is of another sign-in';
}

/** @param claims of a token whose signature holds. */
export function outsideIdentity(
  claims: Claims,
  expected: ExpectedToken,
): Result<OutsideIdentity, AccessProblem> {
  const subject = claims['sub'];
  const issuerProblem = claims['iss'] === expected.issuer ? null : 'it is of another issuer';
  const isNamed = typeof subject === 'string' && subject !== '' && subject.length <= SUBJECT_LENGTH_MAX;
  const what =
    issuerProblem ??
    audienceProblem(claims, expected.clientId) ??
    timeProblem(claims, expected) ??
    nonceProblem(claims, expected.nonce) ??
    (isNamed ? null : 'it does not say who it is about');
  if (what === null && isNamed) return ok({ issuer: expected.issuer, subject });
  return refused(accessProblem('ID_TOKEN_REFUSED', 'id token', what ?? 'it names nobody'));
}
