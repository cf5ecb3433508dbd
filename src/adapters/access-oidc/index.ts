export { identityOf, providerKeys } from './id-token.ts';
