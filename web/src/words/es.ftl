page-title = Visita
skip = Ir al contenido
quick-exit = Salida rápida
quick-exit-hint = También puede pulsar tres veces la tecla Esc.
language = Lengua
text-size = Tamaño de la letra
text-size-normal = Letra normal
text-size-large = Letra grande
text-size-largest = Letra muy grande
continue = Continuar
back = Volver atrás
change = Cambiarlo
try-again = Volver a intentarlo
start-over = Volver a empezar

opening = Un momento, por favor…

welcome-heading = Buenos días, { $name }
welcome-from = Se lo pide { $organisation }.
welcome-with = Le acompaña { $professional }.
welcome-paper = El papel de hoy
welcome-questions = { $count ->
    [0] No hay ninguna pregunta.
    [one] Le haremos una pregunta.
   *[other] Le haremos { $count } preguntas, de una en una.
  }
welcome-answered = Ya contestó las preguntas: las respuestas no cambian.
welcome-read = Después podrá leer el papel entero.
welcome-decide = Al final decide usted: firmarlo, no firmarlo o pensárselo.
welcome-time = Tómese el tiempo que quiera. Si no entiende algo, pregunte.
welcome-begin = Empezamos

item-step = Pregunta { $index } de { $count }
item-consequence = Si dice que no
item-consequence-object = Si no quiere que lo consultemos
item-until = Vale hasta el { $date }.
item-notice = Leer el aviso completo
item-choose = Elija una respuesta
item-missing = Antes de continuar, elija una de las respuestas. Todas son buenas.
choice-grant = Sí, doy permiso
choice-refuse = No doy permiso
choice-defer = Ahora no lo sé
choice-informed = Me han informado de ello
choice-object = No quiero que lo consulten

review-heading = Esto es lo que ha decidido
review-none = No había ninguna pregunta.
review-next = Ahora pondremos estas respuestas en el papel. Una vez hecho, el papel ya no cambia.
review-prepare = Preparar el papel
preparing = Estamos preparando el papel…

reading-heading = Lea el papel
reading-same = Es exactamente el papel que quedará firmado.
reading-code = Código del papel
reading-as-text = Mostrarlo como texto
reading-as-paper = Mostrarlo como papel
reading-page = Página { $page } de { $pages }
reading-decide = ¿Qué quiere hacer?
reading-loading = Estamos abriendo el papel…
sign = Lo firmo
refuse = No lo firmo
defer = Quiero pensarlo

method-heading = ¿Cómo lo quiere firmar?
method-equal = Todas valen igual.
method-missing = Antes de continuar, elija cómo lo quiere firmar.
method-drawn = Hago mi firma; solo se guarda el dibujo.
method-button = { $professional ->
    [none] Confirmo con un botón.
   *[other] Confirmo con un botón; { $professional } ha comprobado quién soy.
  }
method-dynamics = Hago la firma y se guarda también cómo la hago (ritmo y presión).
method-dynamics-more = Va cifrado; la clave la tiene { $custodian }, no { $organisation }; solo se abre en un peritaje. Puede pedir que se borre.

ink-heading = Firme aquí
ink-label = Espacio para firmar
ink-says = Al firmar dice:
ink-help = Con el lápiz o con el dedo. Tanto si es diestro como zurdo.
ink-drawn-only = Solo se guarda el dibujo.
ink-dynamics = Se guardan también el ritmo y la presión, cifrados para { $custodian }.
ink-undo = Deshacer el último trazo
ink-clear = Borrarlo todo
ink-other-way = Firmar de otra manera
ink-missing = Todavía no ha dibujado nada. Firme dentro del recuadro o elija otra manera.
ink-some = Hay { $count ->
    [one] un trazo dibujado.
   *[other] { $count } trazos dibujados.
  }
ink-none = El recuadro está vacío.
ink-slow = Esta tableta toma pocos puntos por segundo: el ritmo quedará recogido con poco detalle. Puede firmar así o de otra manera, que vale igual.

button-heading = Confirme que lo firma
statement = He leído el papel «{ $title }» y estoy de acuerdo.
statement-informed = He leído el papel «{ $title }» y me han informado.
button-checked = { $professional } ha comprobado quién es usted.

leave-refused-heading = ¿No lo quiere firmar?
leave-refused-text = Tiene todo el derecho. Quedará constancia de que ha dicho que no, y nada más.
leave-deferred-heading = ¿Se lo quiere pensar?
leave-deferred-text = Ningún problema. Lo dejamos como está y podrá hablar de ello otro día.
sending = Un momento, lo estamos guardando…

done-sealed = Sellado
done-sealed-text = El papel está firmado y sellado. Ya no se puede cambiar sin que se note.
done-pending = Recibido
done-pending-text = El papel está firmado y sellado. El sello de tiempo está pendiente y se añadirá solo.
done-kept = Qué ha firmado
done-code = Código para comprobar el documento
done-withdraw = Si ha dado permiso para algo, puede retirarlo cuando quiera, tan fácilmente como ahora.
done-end = Ya puede devolver la tableta. Gracias.
answered-refused = De acuerdo: no lo ha firmado
answered-refused-text = Lo hemos anotado. No tiene que dar ninguna explicación.
answered-deferred = De acuerdo: se lo piensa
answered-deferred-text = No se ha firmado nada. Cuando quiera, lo volvemos a mirar.

problem-reference = Si pide ayuda, diga este código:
problem-offline = Se ha perdido la conexión
problem-offline-text = Lo que ha hecho sigue aquí. Cuando vuelva la conexión, pulse el botón y seguiremos donde estábamos.
problem-link = Este enlace no abre nada
problem-link-text = Pida a la persona que le acompaña que vuelva a abrir la visita.
problem-expired = Este enlace ha caducado
problem-expired-text = No se ha firmado nada. Pida a la persona que le acompaña que prepare una visita nueva.
problem-used = Esto ya está hecho
problem-used-text = Este papel ya se firmó o se contestó antes. No hace falta que haga nada más.
problem-frozen = Las respuestas ya están en el papel
problem-frozen-text = Estas preguntas ya se contestaron de otra manera, y el papel ya no cambia. Si no está de acuerdo, diga que quiere pensarlo.
problem-stale = El papel ha cambiado mientras tanto
problem-stale-text = No se ha firmado nada. Tiene que leer la versión nueva antes de decidir.
problem-digest = El papel no es el que tenía que ser
problem-digest-text = El papel que ha llegado a la tableta no es igual que el que se había preparado. Por eso no le dejamos firmarlo. No se ha firmado nada. Si vuelve a pasar, avise a la persona que le acompaña.
problem-custody = La firma no se ha podido recoger bien
problem-custody-text = Esta tableta no ha podido guardar el ritmo y la presión como es debido. No se ha firmado nada: elija otra manera, que vale igual.
problem-unreadable = El papel no se puede mostrar
problem-unreadable-text = La tableta no puede enseñar este papel, y no le haremos firmar nada que no haya visto. Avise a la persona que le acompaña.
problem-busy = El servicio está muy ocupado
problem-busy-text = Lo que ha hecho sigue aquí. Espere unos segundos y vuelva a intentarlo.
problem-server = El servicio ha tenido un problema
problem-server-text = Lo que ha hecho sigue aquí. Vuelva a intentarlo; si sigue igual, avise a la persona que le acompaña.
problem-refused = El servicio no lo ha aceptado
problem-refused-text = No se ha firmado nada. Avise a la persona que le acompaña y dígale el código de abajo.

check-title = Comprobación
check-heading = Compruebe un papel firmado
check-intro = Elija el fichero PDF. Le diremos si ha cambiado desde que se firmó, quién lo selló y cuándo.
check-code = Código impreso en el papel
check-code-type = Código impreso en el papel, si lo tiene
check-code-incomplete = El código no está completo, o hay un signo que ningún código lleva. Copie los seis grupos: no hay ningún 0, ningún 1, ninguna I ni ninguna O.
check-code-mistyped = Este código no puede ser. Compárelo con el papel: hay un signo cambiado, o dos al revés.
check-code-intro = El código solo no demuestra nada: hace falta el fichero. Elija el PDF del papel y le diremos si es este y si ha cambiado.
check-choose = Elija el fichero PDF
check-drop = o suéltelo aquí
check-one-file = Elija un solo fichero.
check-not-kept = El fichero se envía a este servicio solo para comprobarlo. No se guarda.
check-working = Lo estamos comprobando…
check-unchanged = No ha cambiado desde que se firmó
check-extended = No ha cambiado desde que se firmó; después solo se han añadido firmas
check-changed = Ha cambiado después de firmarse
check-false = La firma no es buena
check-unknown = No podemos saberlo
check-none = No hay ninguna firma
check-none-text = Este fichero no lleva ninguna firma que se pueda comprobar. Un papel impreso y escaneado ya no la lleva: hace falta el fichero original.
check-error = No se ha podido leer
check-error-text = Quizá no es un PDF, o está dañado. Esto no dice nada de la firma.
check-why = Motivo
check-claims = Esto es lo que dice el fichero. No lo damos por bueno.
check-who = Quién
check-kind = Qué es
check-when = Cuándo
check-changes = Cambios
check-level = Nivel de evidencia
check-not-proven = Qué no queda probado
check-by-seal = sellado por { $name }
check-by-signature = firmado con el certificado de { $name }
check-by-timestamp = sello de tiempo de { $name }
check-by-declared = sellado por { $name }, que declara que una persona (nombre no revelado) { $did } y que { $meant }
check-nobody = alguien que no se puede saber
check-organisational = sello de una organización, no de un prestador de una lista de confianza
check-proven = probado por un sello de tiempo
check-claimed = lo dice quien firma
check-no-time = no se sabe
check-no-changes = ninguno
check-more = … y { $count } más
check-outcome-total-passed = Buena
check-outcome-total-failed = No es buena
check-outcome-indeterminate = No podemos saberlo
check-code-inside = Código dentro del fichero
check-code-same = Es el mismo código: este fichero es el del papel impreso.
check-code-other = No es el mismo código: este fichero es de otro papel.
check-code-unknown = No podemos decir si este fichero es el papel de este código.
check-another = Comprobar otro fichero
check-problem-offline = Se ha perdido la conexión
check-problem-offline-text = El fichero no se ha comprobado. Cuando vuelva la conexión, inténtelo otra vez.
check-problem-busy = El servicio está muy ocupado
check-problem-busy-text = El fichero no se ha comprobado. Espere unos segundos e inténtelo otra vez.
check-problem-refused = El fichero es demasiado grande
check-problem-refused-text = El servicio no lo ha aceptado, y no se ha comprobado. Se puede comprobar con el programa segell.
check-problem-server = El servicio ha tenido un problema
check-problem-server-text = El fichero no se ha comprobado. Inténtelo otra vez más tarde.

did-drawn = hizo su firma
did-drawn-with-dynamics = hizo su firma (también se guardó cómo la hizo)
did-button = lo confirmó con un botón
did-official = firmó por medio de una persona funcionaria habilitada
did-witnesses = firmó ante testigos
meant-agree = está de acuerdo
meant-agree-with-reservation = está de acuerdo con una nota
meant-informed = está informada
meant-received = lo ha recibido
meant-disagree = no está de acuerdo

gap-hand = que la persona firmara de su mano
gap-revocation = que el certificado no esté revocado (no hay datos de revocación)
gap-time = el momento (no hay ningún sello de tiempo de confianza)
gap-act-identity-evidence = cómo se comprobó quién era la persona (no se ha revelado)
gap-ocsp = las respuestas OCSP que lleva el fichero
gap-pdf-encryption = nada de lo cifrado con contraseña

why-format-failure = no está hecha como debe
why-hash-failure = el contenido firmado ha cambiado
why-sig-crypto-failure = no corresponde al certificado
why-revoked = se hizo cuando el certificado ya estaba revocado
why-expired = se hizo cuando el certificado ya había caducado
why-not-yet-valid = se hizo antes de que el certificado fuera válido
why-sig-constraints-failure = hay cambios o una estructura que no se pueden explicar
why-chain-constraints-failure = el certificado no sirve para esto
why-certificate-chain-general-failure = la cadena de certificados no es buena
why-crypto-constraints-failure = el método criptográfico es demasiado débil o desconocido
why-crypto-constraints-failure-no-poe = el método criptográfico es demasiado débil o desconocido
why-timestamp-order-failure = los sellos de tiempo se contradicen
why-no-signing-certificate-found = falta el certificado de quien firma
why-no-certificate-chain-found = falta una autoridad de confianza para este certificado
why-revoked-no-poe = el certificado está revocado y falta una prueba de que la firma es anterior
why-revoked-ca-no-poe = el certificado está revocado y falta una prueba de que la firma es anterior
why-out-of-bounds-no-poe = el certificado no es válido ahora y falta una prueba de que la firma es de antes
why-signed-data-not-found = falta lo que se firmó
