-- What the scripts share: attach the server as our Neovim settings do, run, write the answer, leave.
package.path = vim.env.VIPA_LUA .. "/?.lua;" .. package.path
local M = {}

local function leave(answer, code)
  local file = assert(io.open(vim.env.ANSWER, "w"))
  file:write(vim.json and vim.json.encode(answer) or vim.fn.json_encode(answer))
  file:close()
  vim.lsp.stop_client(vim.lsp.get_active_clients())
  vim.cmd(code == 0 and "qall!" or "cquit " .. code)
end

function M.run(script)
  local ok, answer = pcall(function()
    local buffer = vim.api.nvim_get_current_buf()
    require("vipa").attach(buffer, { vim.env.VIPA, "lsp" })
    local client = { buffer = buffer }
    -- The findings, as soon as there are any.
    function client.diagnostics()
      local there = vim.wait(30000, function()
        return #vim.diagnostic.get(buffer) > 0
      end, 50)
      assert(there, "no diagnostics within 30 seconds")
      return vim.diagnostic.get(buffer)
    end
    -- A request, and its answer.
    function client.request(method, params)
      local answers, error = vim.lsp.buf_request_sync(buffer, method, params, 30000)
      assert(answers, error)
      for _, answer in pairs(answers) do
        assert(not answer.error, vim.inspect(answer.error))
        return answer.result
      end
    end
    return script(client)
  end)
  leave(ok and answer or { failed = tostring(answer) }, ok and 0 or 1)
end

return M
