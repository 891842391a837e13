// Jest deletes what a test file leaves behind, and got at a built-in module once: every later HTTPS server of that worker failed.
Object.freeze(require('node:tls'))
