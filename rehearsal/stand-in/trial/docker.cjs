#!/usr/bin/env node
/**
 * Off Windows: a docker for the workflow's steps. DOCKER_ANSWERS is JSON, the answers to each call in turn, the last one for good; a
 * number is an exit code. Calls are noted in the file DOCKER_CALLS. An unknown call ends with docker's own 125.
 */
const { appendFileSync, readFileSync } = require('node:fs')

const call = process.argv.slice(2).join(' ')
const journal = process.env.DOCKER_CALLS
appendFileSync(journal, `${call}\n`)
const times = readFileSync(journal, 'utf8')
  .split('\n')
  .filter(line => line === call).length
const answers = JSON.parse(process.env.DOCKER_ANSWERS)[call] ?? [125]
const answer = answers[Math.min(times, answers.length) - 1]
if (typeof answer === 'string') process.stdout.write(answer)
else process.exitCode = answer
