// The entry of the official SDK's bundle, as its command makes it. It stands in the folder of the integration.
const integration = require('./integration.cjs')
exports.default = integration
exports.handler = integration.handler
