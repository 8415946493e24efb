<?php
/**
 * Plugin Name: Colloquy comments
 * Description: Shows the discussion of a Colloquy forum in place of the comments, and signs this site's people in to it.
 * Version: 1.0.0
 * Requires at least: 6.3
 * Requires PHP: 7.4
 * License: GPL-2.0-or-later
 * Text Domain: colloquy-comments
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

// WordPress includes this file once more as the template of the comments.
if ( class_exists( 'Colloquy_Comments', false ) ) {
	Colloquy_Comments::print_discussion();
	return;
}

if ( ! class_exists( 'Colloquy_Comments', false ) ) {
	/** The discussions of this site's posts, which stand in the forum by their permalinks. */
	final class Colloquy_Comments {
		const FORUM  = 'colloquy_forum';
		const SECRET = 'colloquy_sso_secret';
		const GROUP  = 'colloquy_comments';
		/** Seconds for which a token counts; the forum takes five minutes at most. */
		const TOKEN_SECONDS = 240;

		public static function begin() {
			add_action( 'admin_init', array( __CLASS__, 'register_settings' ) );
			add_action( 'admin_menu', array( __CLASS__, 'add_page' ) );
			if ( '' === self::forum() ) {
				return;
			}
			add_filter( 'comments_template', array( __CLASS__, 'template' ), 20 );
			add_filter( 'render_block_core/comments', array( __CLASS__, 'discussion' ) );
			add_filter( 'get_comments_number_text', array( __CLASS__, 'count' ) );
			add_action( 'wp_enqueue_scripts', array( __CLASS__, 'enqueue' ) );
			add_action( 'pre_comment_on_post', array( __CLASS__, 'refuse_comment' ) );
			add_filter( 'rest_pre_insert_comment', array( __CLASS__, 'refuse_rest_comment' ) );
		}

		/** The forum's address, without a slash at its end; empty until an admin has set it. */
		public static function forum() {
			return (string) get_option( self::FORUM, '' );
		}

		public static function template( $theirs ) {
			return self::is_discussed() ? __FILE__ : $theirs;
		}

		public static function print_discussion() {
			// Every part is escaped where it is made.
			echo self::discussion( '' ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped
		}

		/** The discussion in place of the theme's comments; the theme's own where a post has none. */
		public static function discussion( $theirs ) {
			if ( ! self::is_discussed() ) {
				return $theirs;
			}
			$post  = get_post();
			$url   = get_permalink( $post );
			$token = self::token();
			$attributes = array(
				'url'    => $url,
				'title'  => trim( html_entity_decode( wp_strip_all_tags( get_the_title( $post ) ), ENT_QUOTES, 'UTF-8' ) ),
				'locale' => self::language( get_bloginfo( 'language' ) ),
			);
			// Empty where nobody is signed in here: whoever this site signed in before is signed out there too.
			if ( '' !== (string) get_option( self::SECRET, '' ) ) {
				$attributes['sso'] = $token;
			}
			$html = '';
			foreach ( $attributes as $name => $value ) {
				$html .= ' ' . $name . '="' . esc_attr( $value ) . '"';
			}
			$frame = self::forum() . '/embed?url=' . rawurlencode( $url );
			return '<div id="comments" class="comments-area"><colloquy-discussion' . $html . '></colloquy-discussion>'
				. '<noscript><a href="' . esc_url( $frame ) . '">' . esc_html__( 'Comments' ) . '</a></noscript></div>';
		}

		/** A place that the forum's script fills with the number of comments. */
		public static function count( $text ) {
			$url = get_permalink();
			return $url ? '<span data-colloquy-count="' . esc_attr( $url ) . '"></span>' : $text;
		}

		public static function enqueue() {
			$how = array(
				'strategy'  => 'async',
				'in_footer' => true,
			);
			// phpcs:disable WordPress.WP.EnqueuedResourceParameters.MissingVersion -- The forum names its own versions.
			if ( is_singular() ) {
				wp_enqueue_script( 'colloquy-embed', self::forum() . '/embed.js', array(), null, $how );
			}
			wp_enqueue_script( 'colloquy-counts', self::forum() . '/counts.js', array(), null, $how );
			// phpcs:enable
		}

		/** Nobody writes past the forum. */
		public static function refuse_comment() {
			wp_die( esc_html__( 'Comments are written in the forum.', 'colloquy-comments' ), '', array( 'response' => 403 ) );
		}

		public static function refuse_rest_comment() {
			return new WP_Error( 'colloquy_comments', 'Comments are written in the forum.', array( 'status' => 403 ) );
		}

		private static function is_discussed() {
			$post = get_post();
			return $post && is_singular() && 'publish' === $post->post_status
				&& post_type_supports( $post->post_type, 'comments' ) && comments_open( $post )
				&& ! post_password_required( $post );
		}

		/**
		 * Signs the present person in to the forum: a JWT (HS256) that counts once, for some minutes. Empty for a reader
		 * without an account here, and where no secret is set.
		 */
		private static function token() {
			$secret = (string) get_option( self::SECRET, '' );
			$user   = wp_get_current_user();
			if ( '' === $secret || ! $user->exists() ) {
				return '';
			}
			// A page with a token is one person's alone.
			if ( ! defined( 'DONOTCACHEPAGE' ) ) {
				define( 'DONOTCACHEPAGE', true );
			}
			$claims = array(
				'aud'    => self::forum(),
				'exp'    => time() + self::TOKEN_SECONDS,
				'jti'    => bin2hex( random_bytes( 16 ) ),
				'sub'    => wp_parse_url( home_url(), PHP_URL_HOST ) . ':' . $user->ID,
				'name'   => $user->display_name,
				'email'  => $user->user_email,
				'locale' => self::language( get_user_locale( $user ) ),
			);
			$signed = self::part( wp_json_encode( array( 'alg' => 'HS256', 'typ' => 'JWT' ) ) )
				. '.' . self::part( wp_json_encode( $claims ) );
			return $signed . '.' . self::part( hash_hmac( 'sha256', $signed, $secret, true ) );
		}

		private static function part( $bytes ) {
			return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
		}

		private static function language( $locale ) {
			$parts = preg_split( '/[-_]/', strtolower( (string) $locale ) );
			return $parts[0];
		}

		public static function register_settings() {
			register_setting(
				self::GROUP,
				self::FORUM,
				array(
					'type'              => 'string',
					'sanitize_callback' => array( __CLASS__, 'sanitize_forum' ),
					'show_in_rest'      => false,
				)
			);
			register_setting(
				self::GROUP,
				self::SECRET,
				array(
					'type'              => 'string',
					'sanitize_callback' => array( __CLASS__, 'sanitize_secret' ),
					'show_in_rest'      => false,
				)
			);
		}

		/** An address is kept as its origin; what is none changes nothing. */
		public static function sanitize_forum( $typed ) {
			$typed = trim( (string) $typed );
			if ( '' === $typed ) {
				return '';
			}
			$parts = wp_parse_url( $typed );
			if ( empty( $parts['host'] ) || ! in_array( $parts['scheme'] ?? '', array( 'http', 'https' ), true ) ) {
				add_settings_error( self::FORUM, 'forum', __( 'This is no address such as https://forum.example.', 'colloquy-comments' ) );
				return self::forum();
			}
			$port = isset( $parts['port'] ) ? ':' . (int) $parts['port'] : '';
			return esc_url_raw( $parts['scheme'] . '://' . strtolower( $parts['host'] ) . $port );
		}

		/** The secret is never shown again, so an empty field keeps it; a dash takes it away. */
		public static function sanitize_secret( $typed ) {
			$typed = trim( (string) $typed );
			if ( '' === $typed ) {
				return (string) get_option( self::SECRET, '' );
			}
			if ( '-' === $typed ) {
				return '';
			}
			if ( strlen( $typed ) < 32 ) {
				add_settings_error( self::SECRET, 'secret', __( 'The secret must have 32 characters at least.', 'colloquy-comments' ) );
				return (string) get_option( self::SECRET, '' );
			}
			return $typed;
		}

		public static function add_page() {
			$title = __( 'Colloquy comments', 'colloquy-comments' );
			add_options_page( $title, $title, 'manage_options', self::GROUP, array( __CLASS__, 'page' ) );
		}

		/** The form goes to options.php, which checks its nonce and the right to manage options. */
		public static function page() {
			if ( ! current_user_can( 'manage_options' ) ) {
				wp_die( esc_html__( 'Sorry, you are not allowed to access this page.' ), '', array( 'response' => 403 ) );
			}
			$parts  = wp_parse_url( home_url() );
			$origin = $parts['scheme'] . '://' . $parts['host'] . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
			?>
			<div class="wrap">
				<h1><?php esc_html_e( 'Colloquy comments', 'colloquy-comments' ); ?></h1>
				<form method="post" action="options.php">
					<?php settings_fields( self::GROUP ); ?>
					<table class="form-table" role="presentation">
						<tr>
							<th scope="row"><label for="colloquy-forum"><?php esc_html_e( 'Address of the forum', 'colloquy-comments' ); ?></label></th>
							<td>
								<input id="colloquy-forum" class="regular-text" type="url" name="<?php echo esc_attr( self::FORUM ); ?>" value="<?php echo esc_attr( self::forum() ); ?>" aria-describedby="colloquy-forum-hint">
								<p id="colloquy-forum-hint" class="description">
									<?php
									/* translators: %s: the origin of this site. */
									echo esc_html( sprintf( __( 'An admin of the forum names %s among the sites that may show discussions.', 'colloquy-comments' ), $origin ) );
									?>
								</p>
							</td>
						</tr>
						<tr>
							<th scope="row"><label for="colloquy-secret"><?php esc_html_e( 'Secret of the sign-in', 'colloquy-comments' ); ?></label></th>
							<td>
								<input id="colloquy-secret" class="regular-text" type="password" name="<?php echo esc_attr( self::SECRET ); ?>" value="" autocomplete="new-password" aria-describedby="colloquy-secret-hint">
								<p id="colloquy-secret-hint" class="description"><?php esc_html_e( 'SSO_SECRET of the forum, so that people who are signed in here are signed in there. Empty keeps it, - takes it away.', 'colloquy-comments' ); ?></p>
							</td>
						</tr>
					</table>
					<?php submit_button(); ?>
				</form>
			</div>
			<?php
		}

		public static function uninstall() {
			delete_option( self::FORUM );
			delete_option( self::SECRET );
		}
	}

	register_uninstall_hook( __FILE__, array( 'Colloquy_Comments', 'uninstall' ) );
	Colloquy_Comments::begin();
}
