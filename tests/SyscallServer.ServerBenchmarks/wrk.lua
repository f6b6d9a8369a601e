-- The arguments: how many requests go out at once; each so many requests one ends its connection (0: none does); files with what is sent
-- in turn (none: GET of the path). What came back is printed in one line.
-- Without a function of the script's, wrk sends one request at a time with less effort.

init = function(args)
    local pipelined, last = tonumber(args[1]), tonumber(args[2])
    local requests = {}
    for i = 3, #args do
        local file = assert(io.open(args[i], "rb"))
        requests[#requests + 1] = file:read("*a")
        file:close()
    end

    if #requests == 0 and pipelined > 1 then
        requests[1] = wrk.format()
    end

    for i = 1, #requests do
        requests[i] = string.rep(requests[i], pipelined)
    end

    if #requests > 0 then
        local next, sent = 0, 0
        request = function()
            next = next % #requests + 1
            sent = sent + 1
            if last > 0 and sent % last == 0 then
                return (string.gsub(requests[next], "\r\n", "\r\nConnection: close\r\n", 1))
            end

            return requests[next]
        end
    end
end

done = function(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "requests=%d microseconds=%d bytes=%d connect=%d read=%d write=%d status=%d timeout=%d\n",
        summary.requests, summary.duration, summary.bytes,
        errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
