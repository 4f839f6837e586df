;;; vipa.el --- z/OS TCP/IP profiles with eglot -*- lexical-binding: t; -*-
;; Put this into your init file. Eglot is part of Emacs from 29 on; for Emacs 28, Debian has it as elpa-eglot.

(define-derived-mode zos-tcpip-mode prog-mode "TCP/IP profile"
  "Profiles of z/OS TCP/IP stacks."
  (setq-local comment-start "; ")
  (setq-local comment-start-skip ";+\\s-*")
  (setq-local indent-tabs-mode nil)
  (setq-local fill-column 72)
  ;; Comments, quoted texts and system symbols have colours; without this line nothing has.
  (setq-local font-lock-defaults '((("&[[:alpha:]@#$_][[:alnum:]@#$_]*\\.?" . font-lock-variable-name-face)))))

(modify-syntax-entry ?\; "<" zos-tcpip-mode-syntax-table)
(modify-syntax-entry ?\n ">" zos-tcpip-mode-syntax-table)
;; An address, a data set or a job pattern is one word for whoever asks about it.
(dolist (letter '(?. ?: ?/ ?_ ?- ?@ ?# ?$ ?& ?* ??))
  (modify-syntax-entry letter "_" zos-tcpip-mode-syntax-table))

(add-to-list 'auto-mode-alist
             '("\\(?:\\.\\(?:profile\\|tcpip\\|tcpparms\\|obey\\|scenario\\)\\|/tcpparms/[^/]+\\|PROFILE\\.TCPIP\\)\\'"
               . zos-tcpip-mode))

;; The folder of sysplex.toml is the project, where version control knows of none around it.
(defun vipa-project (folder)
  "The sysplex that FOLDER lies in."
  (let ((root (locate-dominating-file folder "sysplex.toml")))
    (and root (cons 'transient root))))
(add-hook 'project-find-functions #'vipa-project 90)

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(zos-tcpip-mode . ("vipa" "lsp"))))
(add-hook 'zos-tcpip-mode-hook #'eglot-ensure)
;;; vipa.el ends here
