;;; vipa.el --- z/OS TCP/IP profiles with eglot -*- lexical-binding: t; -*-
;; Put this into your init file; eglot is part of Emacs from 29 on.

(define-derived-mode zos-tcpip-mode prog-mode "TCP/IP profile"
  "Profiles of z/OS TCP/IP stacks."
  (setq-local comment-start "; ")
  (setq-local comment-start-skip ";+\\s-*")
  (setq-local indent-tabs-mode nil)
  (setq-local fill-column 72))

(modify-syntax-entry ?\; "<" zos-tcpip-mode-syntax-table)
(modify-syntax-entry ?\n ">" zos-tcpip-mode-syntax-table)

(add-to-list 'auto-mode-alist
             '("\\(?:\\.\\(?:profile\\|tcpip\\|tcpparms\\|obey\\|scenario\\)\\|/tcpparms/[^/]+\\|PROFILE\\.TCPIP\\)\\'"
               . zos-tcpip-mode))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(zos-tcpip-mode . ("vipa" "lsp"))))
(add-hook 'zos-tcpip-mode-hook #'eglot-ensure)
;;; vipa.el ends here
