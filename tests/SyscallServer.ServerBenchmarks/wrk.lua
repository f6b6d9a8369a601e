-- How many requests go out at once is the argument; what came back is printed in one line.
-- Without a function of the script's, wrk sends one request at a time with less effort.

init = function(args)
    local pipelined = tonumber(args[1])
    if pipelined > 1 then
        local batch = string.rep(wrk.format(), pipelined)
        request = function() return batch end
    end
end

done = function(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "requests=%d microseconds=%d bytes=%d connect=%d read=%d write=%d status=%d timeout=%d\n",
        summary.requests, summary.duration, summary.bytes,
        errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
