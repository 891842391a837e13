import path from 'node:path'
import { isFeatureAvailable, restoreCache, saveCache } from '@actions/cache'
import type { CacheAnswer, CacheRequest } from '../host/github-cache.ts'

/** The folder's name is part of an entry's version; on Windows the system would be as well, but an installer is the same everywhere. */
const isForEverySystem = true
/** 128 MB in a minute is what any direct download does as well. */
const limits = { segmentTimeoutInMs: 60_000, timeoutInMs: 30_000 }

process.once('disconnect', () => process.exit()) // whoever asked is gone
const request = JSON.parse(process.argv[2] ?? '') as CacheRequest
const answer: CacheAnswer = { key: await carryOut(request) }
// Its sockets would keep it alive.
process.send?.(answer, () => process.exit())

async function carryOut(asked: CacheRequest): Promise<string | undefined> {
  if (!isFeatureAvailable()) return void console.log('this job has no cache service')
  const { kind, key, folder, prefixes } = asked
  const paths = [path.basename(folder)]
  if (kind === 'save') return (await saveCache(paths, key, undefined, isForEverySystem)) === -1 ? undefined : key
  return restoreCache(paths, key, [...prefixes], { ...limits, lookupOnly: kind === 'find' }, isForEverySystem)
}
