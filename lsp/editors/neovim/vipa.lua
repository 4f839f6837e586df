-- vipa in Neovim: save as ~/.config/nvim/lua/vipa.lua and write require("vipa").setup() in init.lua.
-- Works from Neovim 0.7 on; needs nothing but the vipa program in PATH.
local M = {}

local function root(path)
  local found = vim.fs and vim.fs.find("sysplex.toml", { path = vim.fn.fnamemodify(path, ":h"), upward = true })[1]
  if not found then
    found = vim.fn.findfile("sysplex.toml", vim.fn.fnamemodify(path, ":h") .. ";")
  end
  return found ~= "" and found and vim.fn.fnamemodify(found, ":p:h") or vim.fn.fnamemodify(path, ":p:h")
end

-- One server for each sysplex.
local servers = {}

function M.attach(buffer, cmd)
  local folder = root(vim.api.nvim_buf_get_name(buffer))
  if not servers[folder] then
    servers[folder] = vim.lsp.start_client({
      name = "vipa",
      cmd = cmd or { "vipa", "lsp" },
      root_dir = folder,
      workspace_folders = { { uri = vim.uri_from_fname(folder), name = folder } },
      on_exit = function()
        servers[folder] = nil
      end,
    })
  end
  vim.lsp.buf_attach_client(buffer, servers[folder])
  -- :VipaRename NEW renames what the cursor is on, in members too that are EBCDIC and not open.
  vim.api.nvim_buf_create_user_command(buffer, "VipaRename", function(given)
    local client = vim.lsp.get_client_by_id(servers[folder])
    local at = vim.lsp.util.make_position_params(0, client.offset_encoding or "utf-16")
    at.newName = given.args
    client.request("workspace/executeCommand", { command = "vipa.rename", arguments = { at } }, function(err)
      if err then
        vim.notify(err.message, vim.log.levels.ERROR)
      end
    end, buffer)
  end, { nargs = 1 })
end

function M.setup(options)
  options = options or {}
  local group = vim.api.nvim_create_augroup("vipa", { clear = true })
  vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, {
    group = group,
    pattern = { "*.profile", "*.tcpip", "*.tcpparms", "*.obey", "*/tcpparms/*", "PROFILE.TCPIP", "*.scenario" },
    callback = function(event)
      local scenario = event.match:match("%.scenario$")
      vim.bo[event.buf].filetype = scenario and "vipa-scenario" or "zos-tcpip"
      vim.bo[event.buf].commentstring = "; %s"
      M.attach(event.buf, options.cmd)
    end,
  })
end

return M
