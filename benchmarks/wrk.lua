-- Arguments: method, body, and how many hosts take turns (0: the one of the -H line).
local hosts = 0
local turn = 0

function init(args)
  wrk.method = args[1]
  if args[2] ~= "" then wrk.body = args[2] end
  hosts = tonumber(args[3])
  if hosts > 0 then
    wrk.request = nil
    request = function()
      turn = turn % hosts + 1
      wrk.headers["Host"] = string.format("lao%05d.localhost", turn)
      return wrk.format()
    end
  end
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%.6f,"errors":%d,"p50_ms":%.3f,"p95_ms":%.3f,"p99_ms":%.3f}\n',
    summary.requests, summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3))
end
