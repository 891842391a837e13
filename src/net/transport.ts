/**
 * undici, in a module of its own: 800 KB that are loaded only where something is fetched. The static import matters, since a
 * CommonJS package that is imported lazily has no named exports in a bundle.
 */
export { Agent, buildConnector, EnvHttpProxyAgent, fetch, Pool } from 'undici'
