// Serves a bundle over HTTP, with requests and responses as the official SDK has them: node serve.cjs BUNDLE
'use strict'
const { createServer } = require('node:http')
const { resolve } = require('node:path')

const { handler } = require(resolve(process.argv[2]))

const server = createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', async () => {
    const [path, query = ''] = request.url.split(/\?(.*)/s)
    const headers = {}
    for (let at = 0; at < request.rawHeaders.length; at += 2) {
      headers[request.rawHeaders[at].toLowerCase()] = request.rawHeaders[at + 1]
    }
    const body = Buffer.concat(parts).toString()
    const answer = await handler({ method: request.method, path, query, headers, body: body || undefined })
    response.writeHead(answer?.status ?? 200, answer?.headers ?? {}).end(answer?.body ?? '{}')
  })
})
server.listen(0, '127.0.0.1', () => console.log(`serves http://127.0.0.1:${server.address().port}`))
