-- Waits for the diagnostics of the file that was opened, and writes them down.
local here = debug.getinfo(1, "S").source:sub(2):match("(.*/)")
dofile(here .. "support.lua").run(function(client)
  return { diagnostics = client.diagnostics() }
end)
